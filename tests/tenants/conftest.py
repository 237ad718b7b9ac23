"""An installation on SQLite, and the same on a PostgreSQL server that the tests start."""

import pgserver
import pytest
from pydantic import SecretStr

from tenants.clock import Clock
from tenants.installation import Installation
from tenants.settings import Settings


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture
def installation(tmp_path):
    opened = Installation.open(Settings(home=tmp_path / "home", _env_file=None), Clock())
    yield opened
    opened.close()


@pytest.fixture
def shared_installation(tmp_path, postgres):
    settings = Settings(home=tmp_path / "home", database_url=SecretStr(postgres), _env_file=None)
    opened = Installation.open(settings, Clock())
    for tenant in opened.directory.list():
        opened.directory.delete(tenant.name)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either(request):
    """The installation on either kind of database."""
    name = "installation" if request.param == "sqlite" else "shared_installation"
    return request.getfixturevalue(name)
