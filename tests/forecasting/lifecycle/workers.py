"""What other processes do to a registry while a test watches, or kills them."""

from forecasting.lifecycle.records import StalePointer
from forecasting.lifecycle.registry import Registry
from tenants.installation import Installation
from tenants.settings import Settings
from tests.forecasting.lifecycle.models import promote, register


def open_registry(home):
    installation = Installation.open(Settings(home=home, _env_file=None))
    workspace = installation.workspace(installation.directory.get("acme").id)
    return Registry(workspace.database, workspace.models, workspace.tenant.id)


def register_and_promote_for_ever(home, acknowledged):
    """Say what was done only once it is done."""
    registry = open_registry(home)
    acknowledged.send(("ready", ""))
    while True:
        name = register(registry).id
        acknowledged.send(("registered", name))
        promote(registry, name)
        acknowledged.send(("promoted", name))


def promote_once(home, name, start, outcome):
    """Promote when everyone is ready; say whether that won."""
    registry = open_registry(home)
    start.wait()
    try:
        promote(registry, name, expected=None)
        outcome.put((name, "won"))
    except StalePointer:
        outcome.put((name, "lost"))
