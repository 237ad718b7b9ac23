"""A harbor with people of every role, and tools that only a test would offer."""

import json
import secrets
from datetime import date

import pgserver
import pytest
from pydantic import Field, SecretStr

from tenants.errors import CannotAnswer
from tenants.installation import Installation
from tenants.roles import Role
from tenants.settings import Settings
from tests.fakes import FakeEngine, RunningClock, TestClock
from tools.contract import Effect, ToolArgs, ToolContext, ToolResult, always, tool
from tools.counter import Rooms, open_counter
from tools.demo import prepare_demo
from tools.gateway import ToolCall, ToolGateway

PEOPLE = {
    "viewer1": Role.VIEWER,
    "analyst1": Role.ANALYST,
    "manager1": Role.MANAGER,
    "manager2": Role.MANAGER,
    "admin1": Role.ADMIN,
}


class CountArgs(ToolArgs):
    """What to count."""

    product: str | None = Field(None, description="A product.")
    store: str | None = Field(None, description="A store.")
    category: str | None = Field(None, description="A category.")
    start: date | None = Field(None, description="From.")
    level: int = Field(80, ge=50, le=99, description="Percent.")
    price: float | None = Field(None, ge=0, le=1000, description="In currency.")


class Counted(ToolResult):
    """How many."""

    units: float


class PickArgs(ToolArgs):
    """What to pick."""

    product: str = Field(description="A product.")


class MoveArgs(ToolArgs):
    """What to move."""

    model_id: str | None = Field(None, description="Which.")
    steps: float = Field(1.0, description="How far.")


class World:
    """What the test tools act on; `production` is the state that consent rests on."""

    def __init__(self):
        self.production = "v1"
        self.moves = []
        self.answer = 12.0


def tools_of(world):
    """Return five tools: two that read, one that breaks, two that need consent."""

    @tool(minimum_role=Role.VIEWER, effect=Effect.READS)
    def count(args: CountArgs, ctx: ToolContext) -> Counted:
        """Count units."""
        if args.product == "20":
            raise CannotAnswer("Granola bars have no sales to count.")
        return Counted(units=world.answer)

    @tool(minimum_role=Role.VIEWER, effect=Effect.READS)
    def pick(args: PickArgs, ctx: ToolContext) -> Counted:
        """Pick one product."""
        return Counted(units=float(args.product))

    @tool(minimum_role=Role.VIEWER, effect=Effect.READS)
    def stumble(args: CountArgs, ctx: ToolContext) -> Counted:
        """Fall over a bug."""
        raise ZeroDivisionError("secret detail")

    def rests_on(args, ctx):
        return {"production": world.production}

    @tool(
        minimum_role=Role.MANAGER,
        effect=Effect.APPROVAL,
        atomic=True,
        four_eyes=always,
        binding=rests_on,
    )
    def move(args: MoveArgs, ctx: ToolContext) -> Counted:
        """Move production."""
        world.moves.append((args.model_id, ctx.principal.user, ctx.consent))
        return Counted(units=args.steps)

    @tool(minimum_role=Role.MANAGER, effect=Effect.APPROVAL, binding=rests_on)
    def polish(args: MoveArgs, ctx: ToolContext) -> Counted:
        """Work long on something."""
        world.moves.append((args.model_id, ctx.principal.user, ctx.consent))
        return Counted(units=args.steps)

    return count, pick, stumble, move, polish


class House:
    """An installation with one tenant, its gateway, and hands to use it with."""

    def __init__(self, home, **options):
        self.clock = TestClock()
        settings = Settings(home=home, approval_minutes=60, _env_file=None, **options)
        self.installation = Installation.open(settings, self.clock)
        self.tenant = self.installation.directory.create("harbor", title="Harbor Market")
        for name, role in PEOPLE.items():
            self.installation.people.add(self.tenant, name, role)
        self.engine = FakeEngine()
        self.world = World()
        self.rooms = Rooms(self.installation, lambda _workspace, _clock: self.engine)
        self.gateway = ToolGateway(tools_of(self.world), self.rooms)

    @property
    def audit(self):
        return self.installation.audit(self.tenant.id)

    def person(self, name):
        access = self.installation.access
        if self.installation.settings.is_local:
            return access.local("harbor", user=name, channel="test")
        return access.with_token(access.issue_token("harbor", name, "test"), channel="test")

    def call(self, who, tool_name, arguments="{}", **options):
        call = ToolCall("c1", tool_name, arguments)
        return self.gateway.call(call, self.person(who), **options)

    def decide(self, who, approval, *, approve=True):
        return self.gateway.decide(approval.id, self.person(who), approve=approve)

    def records(self):
        """Return what the audit holds, oldest first, as `phase/outcome user tool`."""
        return [
            f"{record.outcome or record.phase} {record.user} {record.tool}"
            for record in reversed(self.audit.records())
        ]


@pytest.fixture
def house(tmp_path):
    opened = House(tmp_path / "home")
    yield opened
    opened.installation.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture
def shared_house(tmp_path, postgres):
    """The same house on a PostgreSQL server, where a token says who asks."""
    opened = House(tmp_path / "home", database_url=SecretStr(postgres))
    yield opened
    opened.installation.directory.delete("harbor")
    opened.installation.close()


class Shop:
    """The demo's smaller retailer, loaded and trained for real."""

    def __init__(self, home):
        self.clock = RunningClock()
        self.installation = Installation.open(Settings(home=home, _env_file=None), self.clock)
        self.counter = open_counter(self.installation)
        self.report = prepare_demo(self.counter, tenants=("summit",), until=date(2026, 6, 28))
        self.tenant = self.installation.directory.get("summit")

    def person(self, name):
        return self.installation.access.local("summit", user=name, channel="test")

    def call(self, who, tool_name, **arguments):
        call = ToolCall(secrets.token_hex(4), tool_name, json.dumps(arguments))
        return self.counter.gateway.call(call, self.person(who))

    def operate(self, who, operation, **arguments):
        call = ToolCall(secrets.token_hex(4), operation, json.dumps(arguments))
        return self.counter.operations.call(call, self.person(who))

    def decide(self, who, approval, *, approve=True):
        return self.counter.gateway.decide(approval.id, self.person(who), approve=approve)


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    opened = Shop(tmp_path_factory.mktemp("shop") / "home")
    yield opened
    opened.installation.close()
