"""A tenant's registry on SQLite, and the same on a PostgreSQL server that the tests start."""

import pgserver
import pytest
from pydantic import SecretStr

from forecasting.lifecycle.registry import Registry
from tenants.clock import Clock
from tenants.installation import Installation
from tenants.settings import Settings


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", _env_file=None)


@pytest.fixture
def installation(settings):
    opened = Installation.open(settings, Clock())
    yield opened
    opened.close()


@pytest.fixture
def workspace(installation):
    return installation.workspace(installation.directory.create("acme").id)


@pytest.fixture
def registry(workspace):
    return Registry(workspace.database, workspace.models, workspace.tenant.id)


@pytest.fixture
def shared_workspace(tmp_path, postgres):
    settings = Settings(home=tmp_path / "shared", database_url=SecretStr(postgres), _env_file=None)
    opened = Installation.open(settings, Clock())
    tenant = opened.directory.create("acme")
    yield opened.workspace(tenant.id)
    opened.directory.delete("acme")
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_workspace(request):
    """A workspace on either kind of database."""
    name = "workspace" if request.param == "sqlite" else "shared_workspace"
    return request.getfixturevalue(name)


@pytest.fixture
def either(either_workspace):
    """The registry on either kind of database."""
    tenant_id = either_workspace.tenant.id
    return Registry(either_workspace.database, either_workspace.models, tenant_id)
