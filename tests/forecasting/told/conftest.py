"""A tenant's database on SQLite, and the same on a PostgreSQL server that the tests start."""

from tests.forecasting.lifecycle.conftest import (  # noqa: F401 - pytest finds them here
    either_workspace,
    installation,
    postgres,
    settings,
    shared_workspace,
    workspace,
)
