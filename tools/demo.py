"""The demo: two invented retailers, loaded and trained through the same doors as real ones."""

import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from knowledge.demo import demo_documents
from tenants.errors import AppError, BadInput, CannotAnswer, UnknownItem
from tenants.principal import Principal
from tenants.roles import Role
from tenants.tenant import Tenant
from tools.contract import Progress, silent
from tools.counter import Counter
from tools.gateway import Succeeded, ToolCall, ToolGateway

TENANTS = ("harbor", "summit")
PEOPLE = {
    "viewer1": Role.VIEWER,
    "analyst1": Role.ANALYST,
    "manager1": Role.MANAGER,
    "manager2": Role.MANAGER,
    "admin1": Role.ADMIN,
}
SEED = 7
_ANALYST = "analyst1"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which worlds of their kind, up to which day, as far as known on which, trained how."""

    until: date | None
    seed: int
    known: date | None
    budget: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done for one retailer.

    Attributes:
        changed: Whether anything was missing.
        rows: Rows read from its raw files; 0 when they were loaded before.
        quarantined: How many of them were refused, each with a reason.
    """

    tenant: str
    title: str
    changed: bool
    cutoff: date
    model: str
    rows: int
    quarantined: int
    seconds: float
    note: str


def prepare_demo(
    counter: Counter,
    *,
    tenants: Sequence[str] = TENANTS,
    until: date | None = None,
    seed: int = SEED,
    known: date | None = None,
    budget: str = "normal",
    progress: Progress = silent,
) -> dict[str, Any]:
    """Make the demo's retailers as far as they are missing; say what was done.

    What stands is left alone: a second call does nothing, a call after an interruption
    goes on where it stopped.

    Args:
        counter: Where to load and train, on record.
        tenants: Which of the retailers.
        until: The last day of their history; yesterday when left out.
        seed: Which worlds of their kind.
        known: A past day of that history on which the files are taken; `renew_demo` brings
            what came after it.
        budget: How much work the training puts in.
        progress: Told the fraction done and a few words.

    Raises:
        BadInput: `until` is not over yet.
        Refused: The workspace is shared.
    """
    began = time.monotonic()
    plan = _Plan(until, seed, known, budget)
    done = [
        _prepare(counter, name, plan, _part(progress, number, len(tenants)))
        for number, name in enumerate(tenants)
    ]
    progress(1.0, "ready")
    return {
        "changed": any(one.changed for one in done),
        "tenants": [asdict(one) | {"cutoff": one.cutoff.isoformat()} for one in done],
        "people": list(PEOPLE),
        "seconds": round(time.monotonic() - began, 1),
    }


def renew_demo(
    counter: Counter,
    *,
    until: date,
    tenants: Sequence[str] = TENANTS,
    seed: int = SEED,
    progress: Progress = silent,
) -> None:
    """Bring the demo's retailers from a past day to a later one.

    Loads what has come since, trains a model that takes over production, and a second one that
    waits in staging: there is something to return to and something to promote. Advice for the
    coming week is asked for as it was on the past day, so that there is something to decide on.

    Args:
        counter: Where to load and train, on record.
        until: The last day of their history, as `prepare_demo` was told.
        tenants: Which of the retailers.
        seed: Which worlds of their kind, as `prepare_demo` was told.
        progress: Told the fraction done and a few words.

    Raises:
        BadInput: `until` is not over yet.
    """
    for number, name in enumerate(tenants):
        told = _part(progress, number, len(tenants))
        principal = counter.installation.access.local(name, channel="demo")
        _load(counter, principal, _Plan(until, seed, None, ""), told)
        _train(counter, principal, {"stage": "production"}, _between(told, 0.4, 0.8))
        _ask_for_advice(counter, name)
        staging = {"budget": "fast", "stage": "staging"}
        _train(counter, principal, staging, _between(told, 0.8, 1.0))
    progress(1.0, "ready")


def _prepare(counter: Counter, name: str, plan: _Plan, progress: Progress) -> Prepared:
    began = time.monotonic()
    tenant, was_there = _tenant(counter, name)
    principal = counter.installation.access.local(name, channel="demo")
    added = _add_people(counter, tenant)
    documents = _add_documents(counter, principal)
    loaded: dict[str, Any] = {}
    if counter.vocabulary(principal).cutoff is None:
        loaded = _load(counter, principal, plan, progress)
    model = _production(counter, principal)
    trained = model is None
    if model is None:
        arguments = {"budget": plan.budget}
        model = _train(counter, principal, arguments, _between(progress, 0.4, 1.0))
        _ask_for_advice(counter, name)
    cutoff = counter.vocabulary(principal).cutoff
    if cutoff is None:
        raise CannotAnswer(f"{name!r} has no data after loading; delete it and try again.")
    return Prepared(
        tenant=name,
        title=tenant.title,
        changed=not was_there or bool(added) or documents or bool(loaded) or trained,
        cutoff=cutoff,
        model=model,
        rows=sum(table["read"] for table in loaded.get("tables", ())),
        quarantined=sum(sum(table["quarantined"].values()) for table in loaded.get("tables", ())),
        seconds=round(time.monotonic() - began, 1),
        note=_note(name, cutoff, plan.until, loaded),
    )


def _tenant(counter: Counter, name: str) -> tuple[Tenant, bool]:
    directory = counter.installation.directory
    try:
        return directory.get(name), True
    except UnknownItem:
        from forecasting.data.demo.blueprint import blueprint  # noqa: PLC0415 - only to make one

        plan = blueprint(name)
        made = directory.create(
            name,
            title=plan.title,
            currency=plan.currency,
            locale=plan.locale,
            timezone=plan.timezone,
            country=plan.country,
        )
        return made, False


def _add_people(counter: Counter, tenant: Tenant) -> list[str]:
    people = counter.installation.people
    there = {person.name for person in people.list(tenant)}
    missing = [name for name in PEOPLE if name not in there]
    for name in missing:
        people.add(tenant, name, PEOPLE[name])
    return missing


def _add_documents(counter: Counter, principal: Principal) -> bool:
    """Add the retailer's documents where it has none; tell whether they were missing."""
    if _run(counter.operations, principal, "list_knowledge", {}, silent)["documents"]:
        return False
    source = str(demo_documents(principal.tenant))
    _run(counter.operations, principal, "add_knowledge", {"source": source}, silent)
    return True


def _load(
    counter: Counter, principal: Principal, plan: _Plan, progress: Progress
) -> dict[str, Any]:
    tenant, today = counter.tenant(principal), counter.today(principal)
    until = plan.until or today - timedelta(days=1)
    if (plan.known or until) >= today:
        raise BadInput(f"The demo's sales cannot end on {until}: it is {today}; give a day before.")
    from forecasting.data.demo.world import make_world  # noqa: PLC0415 - only to make one

    progress(0.0, f"inventing {tenant.title}")
    with counter.installation.workspace(tenant.id).scratch() as folder:
        world = make_world(tenant.name, until=until, seed=plan.seed)
        raw = folder / "raw"
        (world.known_on(plan.known) if plan.known else world).write(raw)
        _keep_truth(folder.parent.parent, world.write_faults)
        progress(0.15, f"loading {tenant.title}")
        return _run(
            counter.operations,
            principal,
            "ingest",
            {"source": str(raw)},
            _between(progress, 0.15, 0.4),
        )


def _keep_truth(workspace: Path, write: Callable[[Path], Path]) -> None:
    # Beside the data, never among what is loaded: the labels are for judging alerts.
    write(workspace / "demo" / "faults.csv")


def _train(
    counter: Counter, principal: Principal, arguments: dict[str, str], progress: Progress
) -> str:
    made: str = _run(counter.operations, principal, "train", arguments, progress)["model"]
    return made


def _ask_for_advice(counter: Counter, name: str) -> None:
    """Let the analyst ask for the best discounts of the coming week, which the journal keeps."""
    analyst = counter.installation.access.local(name, user=_ANALYST, channel="demo")
    _run(counter.gateway, analyst, "optimize_discount", {}, silent)


def _production(counter: Counter, principal: Principal) -> str | None:
    found = _run(counter.gateway, principal, "model_history", {"limit": 1}, silent)
    model: str | None = found["production"]
    return model


def _run(
    gateway: ToolGateway,
    principal: Principal,
    tool: str,
    arguments: dict[str, Any],
    progress: Progress,
) -> dict[str, Any]:
    call = ToolCall(f"demo-{secrets.token_hex(8)}", tool, json.dumps(arguments))
    ended = gateway.call(call, principal, progress=progress)
    if isinstance(ended, Succeeded):
        return ended.result.model_dump(mode="json")
    raise AppError(getattr(ended, "message", f"{tool!r} waits for an approval."))


def _note(name: str, cutoff: date, until: date | None, loaded: dict[str, Any]) -> str:
    if loaded or until is None or abs((cutoff - until).days) < 7:  # noqa: PLR2004 - a week's data
        return ""
    return (
        f"{name!r} holds sales through {cutoff} already and was left alone; delete it with "
        f"`tillsight tenants delete {name}` to make another."
    )


def _part(progress: Progress, number: int, of: int) -> Progress:
    return _between(progress, number / of, (number + 1) / of)


def _between(progress: Progress, start: float, end: float) -> Progress:
    def told(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return told
