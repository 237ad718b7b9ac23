"""A harbor whose forecasts are scripted, for whole turns of the assistant."""

from datetime import date
from types import SimpleNamespace

import pytest

from agent.assistant import open_assistant
from tenants.installation import Installation
from tenants.roles import Role
from tenants.settings import Settings
from tests.fakes import FakeEngine, TestClock
from tools.audit_trail import audit_trail
from tools.contract import Effect, always, tool
from tools.counter import Counter, Rooms
from tools.forecast import forecast
from tools.gateway import ToolGateway
from tools.promote import ProductionChange, PromoteArgs

PEOPLE = {
    "viewer1": Role.VIEWER,
    "analyst1": Role.ANALYST,
    "manager1": Role.MANAGER,
    "manager2": Role.MANAGER,
    "admin1": Role.ADMIN,
}
MODEL = "GradientBoosting_v20260630"


def next_week_sales(_scope, start, end, **_options):
    """Answer every forecast alike: 312 units, from 270 to 355."""
    return SimpleNamespace(
        total=SimpleNamespace(mean=312.4, lower=270.2, upper=355.1),
        points=[],
        unit="units",
        start=start,
        end=end,
        model=MODEL,
        series=1,
        wape_pct=12.5,
        naive_wape_pct=18.0,
        notes=(),
    )


class Harbor:
    """One tenant with people, an assistant, and what they did."""

    def __init__(self, home, **settings):
        self.installation = Installation.open(
            Settings(home=home, _env_file=None, **settings), TestClock()
        )
        self.tenant = self.installation.directory.create("harbor", title="Harbor Market")
        for name, role in PEOPLE.items():
            self.installation.people.add(self.tenant, name, role)
        self.engine = FakeEngine(forecast=next_week_sales)
        self.promoted = []
        rooms = Rooms(self.installation, lambda _workspace, _clock: self.engine)
        self.counter = Counter(rooms)
        self.counter.gateway = ToolGateway((forecast, self._promote(), audit_trail), rooms)
        self.assistant = open_assistant(self.counter, self.installation)

    def _promote(self):
        @tool(minimum_role=Role.MANAGER, effect=Effect.APPROVAL, four_eyes=always)
        def promote(args: PromoteArgs, ctx) -> ProductionChange:
            """Put a model into production."""
            self.promoted.append(args.model_id)
            return ProductionChange(
                model=args.model_id or "GradientBoosting_v20260701",
                replaced=MODEL,
                at=self.installation.clock.now(),
                requested_by=ctx.principal.user,
                approval=ctx.consent.approval,
                approved_by=ctx.consent.approved_by,
            )

        return promote

    def person(self, name):
        return self.installation.access.local("harbor", user=name, channel="test")

    def ask(self, words, *, who="analyst1", conversation=None):
        return self.assistant.answer(words, self.person(who), conversation=conversation)

    def records(self):
        """Return what the audit holds, oldest first, as `phase/outcome user tool`."""
        found = self.installation.audit(self.tenant.id).records()
        return [f"{r.outcome or r.phase} {r.user} {r.tool}" for r in reversed(found)]


@pytest.fixture
def harbor(tmp_path):
    opened = Harbor(tmp_path / "home")
    yield opened
    opened.installation.close()


@pytest.fixture
def today():
    return date(2026, 7, 1)
