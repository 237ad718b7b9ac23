"""Hand a world's files to the product as a retailer would, and ask for its advice."""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.real_data import DATA
from benchmarks.worlds.market import FIRST, WEEK
from benchmarks.worlds.world import World
from forecasting.engine import ForecastEngine
from forecasting.pricing.response import PriceResponse
from tenants.clock import Clock
from tenants.errors import AppError
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.settings import Settings
from tools.counter import Rooms
from tools.gateway import Failed, Succeeded, ToolCall, ToolGateway

TENANT = "shop"
_PREFIX = "TILLSIGHT_"


@dataclass(frozen=True)
class Advised:
    """What the product said of some weeks.

    Attributes:
        discount: Percent off by product id and week number, where the plan is to be left.
        promised: Expected gain, added over products and weeks.
        unknown: Products it could not answer for, with its reason.
        seconds: Processor seconds of each question.
    """

    discount: dict[tuple[str, int], float] = field(default_factory=dict)
    promised: float = 0.0
    unknown: dict[str, str] = field(default_factory=dict)
    seconds: tuple[float, ...] = ()


class Desk:
    """One retailer's workspace, loaded and trained, with its tools."""

    def __init__(self, rooms: Rooms, principal: Principal) -> None:
        # Imported here, as the counter does: tools load slowly.
        from tools.assortment import assistant_tools, operation_tools  # noqa: PLC0415

        self._rooms, self._principal = rooms, principal
        self._tools = ToolGateway(assistant_tools(), rooms)
        self._operations = ToolGateway(operation_tools(), rooms)

    @property
    def engine(self) -> ForecastEngine:
        """Return what answers."""
        return self._rooms.engine(self._principal)

    @property
    def response(self) -> PriceResponse:
        """Return what the production model knows of prices."""
        return self.engine.production.model.response

    def operate(self, operation: str, **arguments: object) -> dict[str, Any]:
        """Run an operation.

        Raises:
            AppError: It was refused or failed.
        """
        return _done(self._operations, operation, arguments, self._principal)

    def ask(self, tool: str, **arguments: object) -> dict[str, Any]:
        """Call a tool.

        Raises:
            AppError: It was refused or failed.
        """
        return _done(self._tools, tool, arguments, self._principal)


@contextmanager
def desk(
    source: Path, today: date, *, budget: str = "fast", mapping: Path | None = None
) -> Iterator[Desk]:
    """Load a folder of files into a new workspace and train a model, on that day."""
    for name in [name for name in os.environ if name.startswith(_PREFIX) and name != DATA]:
        # An address or token of somebody's own must not be worked with.
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="tillsight-world-") as folder:
        settings = Settings(home=Path(folder), _env_file=None)
        installation = Installation.open(settings, Clock(today))
        try:
            installation.directory.create(TENANT, title="Shop", country="US")
            principal = installation.access.local(TENANT, channel="bench")
            opened = Desk(Rooms(installation, ForecastEngine.open), principal)
            opened.operate(
                "ingest", source=str(source), mapping=None if mapping is None else str(mapping)
            )
            opened.operate("train", budget=budget)
            yield opened
        finally:
            installation.close()


@contextmanager
def opened(world: World, *, budget: str = "fast") -> Iterator[Desk]:
    """Hand over a world's files on the day after its history."""
    with tempfile.TemporaryDirectory(prefix="tillsight-files-") as folder:
        source = Path(folder) / "files"
        world.write(source)
        today = (world.market.cutoff + timedelta(days=1)).date()
        with desk(source, today, budget=budget) as ready:
            yield ready


def advised(place: Desk, world: World) -> Advised:
    """Ask for the best discounts of each category, week by week."""
    discount: dict[tuple[str, int], float] = {}
    unknown: dict[str, str] = {}
    promised, seconds = 0.0, []
    categories = sorted({world.category(int(one)) for one in world.market.category})
    for week in range(world.asked.start, world.asked.stop):
        start = (FIRST + timedelta(days=WEEK * week)).date()
        for category in categories:
            began = time.process_time()
            answer = _advice(place, category, start)
            seconds.append(time.process_time() - began)
            if isinstance(answer, str):
                unknown |= dict.fromkeys(_within(world, category), answer)
                continue
            unknown |= {one["product"]["id"]: one["reason"] for one in answer["not_known"]}
            promised += answer["total"]["gain"]
            for one in answer["advice"]:
                if one["action"] != "keep":
                    discount[one["product"]["id"], week] = one["discount_pct"]
    return Advised(discount, promised, unknown, tuple(seconds))


def _advice(place: Desk, category: str, start: date) -> dict[str, Any] | str:
    end = start + timedelta(days=WEEK - 1)
    try:
        return place.ask("optimize_discount", category=category, start=start, end=end)
    except AppError as why:
        return str(why)


def _within(world: World, category: str) -> list[str]:
    named = zip(world.products, world.market.category, strict=True)
    return [product for product, number in named if world.category(int(number)) == category]


def _done(
    gateway: ToolGateway, name: str, arguments: dict[str, object], principal: Principal
) -> dict[str, Any]:
    call = ToolCall(f"world-{name}", name, json.dumps(arguments, default=str))
    ended = gateway.call(call, principal)
    if isinstance(ended, Succeeded):
        return ended.result.model_dump(mode="json")
    raise AppError(ended.message if isinstance(ended, Failed) else f"{name!r} waits.")
