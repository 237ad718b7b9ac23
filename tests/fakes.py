"""Stand-ins with the manners of the real thing."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pandas as pd

from forecasting.catalogue import Catalogue
from tenants.clock import Clock
from tenants.errors import CannotAnswer, Unavailable
from tests.tools.harbor import HARBOR


@dataclass(frozen=True)
class TestClock(Clock):
    """A clock that a test moves by hand."""

    __test__ = False

    fixed_today: date | None = date(2026, 7, 1)
    moments: list = field(default_factory=lambda: [datetime(2026, 7, 1, 12, tzinfo=UTC)])

    def now(self):
        return self.moments[-1]

    def move(self, **step):
        self.moments.append(self.moments[-1] + timedelta(**step))


@dataclass(frozen=True)
class RunningClock(TestClock):
    """A clock on which every look takes five milliseconds."""

    __test__ = False

    def now(self):
        self.move(milliseconds=5)
        return self.moments[-1]


class FakeEngine:
    """Harbor's catalogue and dates, without data or models behind them."""

    def __init__(self, **answers):
        self.asked = []
        self.store = SimpleNamespace(version="sales@1")
        self.cutoff = HARBOR.cutoff
        # No unit: what it answers is of no panel's, so nothing of it is kept for later.
        self.panel = SimpleNamespace(unit="", periods=pd.DatetimeIndex([HARBOR.first]))
        self.catalogue = Catalogue(
            products=pd.DataFrame(
                [{"product": i.id, "name": i.name, "category": i.category} for i in HARBOR.products]
            ),
            stores=pd.DataFrame(
                [
                    {"store": s.id, "name": s.name, "region": s.region, "format": s.format}
                    for s in HARBOR.stores
                ]
            ),
        )
        self._answers = answers

    def __getattr__(self, name):
        """Answer a question as the test said, noting how it was asked."""
        if name.startswith("_") or name not in self._answers:
            raise AttributeError(name)
        answer = self._answers[name]

        def ask(*args, **options):
            self.asked.append((name, args, options))
            if isinstance(answer, Exception):
                raise answer
            return answer(*args, **options) if callable(answer) else answer

        return ask


class BrokenAudit:
    """An audit whose disk is full from the first, or only from a later record on."""

    def __init__(self, audit, *, after=0):
        self._audit = audit
        self._left = after

    def intend(self, event):
        self._write()
        return self._audit.intend(event)

    def conclude(self, event, outcome, note=""):
        self._write()
        return self._audit.conclude(event, outcome, note)

    def _write(self):
        if self._left == 0:
            raise Unavailable("The records cannot be written right now, so nothing was done.")
        self._left -= 1


def nothing_known(*_args, **_options):
    """Answer as an engine without data does."""
    raise CannotAnswer("There are no data yet; run `tillsight ingest`.")
