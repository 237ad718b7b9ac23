"""The workspace that cases are played in: a copy of the prepared world, put back after each."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from agent.answer import Answer
from agent.assistant import Assistant
from agent.evaluation.matching import Contract
from tenants.audit import AuditRecord
from tenants.clock import Clock
from tenants.database import tenant_metadata
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.settings import Settings
from tools.approvals import Approval
from tools.assortment import assistant_tools
from tools.counter import Counter, open_counter

CHANNEL = "evaluation"
_WARM_UP = "How much did we sell last week?"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a tenant's folder looked like before the first case."""

    database: Path
    head: bytes
    models: frozenset[str]


class Stage:
    """One tenant of a prepared world on one day, for one case after the other."""

    def __init__(self, installation: Installation, counter: Counter, tenant: str) -> None:
        """Stand in an open installation, which is this stage's own to change.

        Raises:
            UnknownItem: It has no such tenant.
        """
        self.installation = installation
        self.counter = counter
        self.assistant = Assistant(counter, installation)
        self._tenant = tenant
        self._id = installation.directory.get(tenant).id
        self._workspace = installation.workspace(self._id)
        home = installation.settings.home
        self._head = home / "keys" / f"{self._id}.head"
        self._warm_up()
        self._kept = self._keep(home)

    @classmethod
    def open(cls, home: Path, tenant: str, day: date, settings: Settings) -> "Stage":
        """Open the world in a folder on one day; of the settings those of the chat model count.

        Raises:
            UnknownItem: The world has no such tenant.
        """
        own = {"home": home, "tenant": tenant, "database_url": None, "token": None}
        installation = Installation.open(settings.model_copy(update=own), Clock(day))
        try:
            return cls(installation, open_counter(installation), tenant)
        except BaseException:
            installation.close()
            raise

    def person(self, name: str) -> Principal:
        """Return one of the tenant's people.

        Raises:
            UnknownItem: There is nobody of that name.
        """
        return self.installation.access.local(self._tenant, user=name, channel=CHANNEL)

    @cached_property
    def contract(self) -> Contract:
        """Return what calls are compared by."""
        principal = self.installation.access.local(self._tenant, channel=CHANNEL)
        return Contract(
            tools={tool.name: tool for tool in assistant_tools()},
            vocabulary=self.counter.vocabulary(principal),
            today=self.counter.today(principal),
            week_starts=self.counter.tenant(principal).week_starts,
        )

    def records_after(self, sequence: int) -> tuple[AuditRecord, ...]:
        """Return what was recorded after a record, oldest first."""
        newest = self.installation.audit(self._id).records(limit=None if sequence else 1)
        return tuple(reversed([one for one in newest if one.sequence > sequence]))

    def last_record(self) -> int:
        """Return the sequence number of the newest audit record."""
        newest = self.installation.audit(self._id).records(limit=1)
        return newest[0].sequence if newest else 0

    def waiting(self) -> list[Approval]:
        """Return the requests for approval that wait, oldest first."""
        return self.counter.gateway.pending(
            self.installation.access.local(self._tenant, channel=CHANNEL)
        )

    def decide(self, request: str, person: str, *, approve: bool) -> Answer:
        """Let a person approve or deny a request, in their own words to the assistant."""
        verb = "approve" if approve else "deny"
        return self.assistant.answer(f"{verb} {request}", self.person(person))

    def restore(self) -> None:
        """Put everything back as it was before the first case."""
        live = self._workspace.folder / "tenant.db"
        with (
            closing(sqlite3.connect(self._kept.database)) as kept,
            closing(sqlite3.connect(live)) as database,
        ):
            _add_missing_tables(kept, database)
            kept.backup(database)
        self._head.write_bytes(self._kept.head)
        for made in self._models():
            if made.name not in self._kept.models:
                shutil.rmtree(made, ignore_errors=True)
        self.installation.reread(self._id)

    def close(self) -> None:
        """Release the databases."""
        self.installation.close()

    def _warm_up(self) -> None:
        """Load what the first question would have to wait for, as a running server has."""
        # Every table is there before the copy is taken that cases begin from.
        self._workspace.database.ensure(*tenant_metadata.tables.values())
        asker = self.person("analyst1")
        self.assistant.prepare(asker)
        self.assistant.answer(_WARM_UP, asker)
        self.waiting()

    def _models(self) -> list[Path]:
        folder = self._workspace.models
        return list(folder.iterdir()) if folder.is_dir() else []

    def _keep(self, home: Path) -> _Kept:
        copy = home / "before.db"
        with (
            closing(sqlite3.connect(self._workspace.folder / "tenant.db")) as live,
            closing(sqlite3.connect(copy)) as kept,
        ):
            live.backup(kept)
        models = frozenset(one.name for one in self._models())
        return _Kept(copy, self._head.read_bytes(), models)


Play = Callable[[str, Principal, str | None], Answer]
"""How an agent answers: the words, who says them, the conversation they go on with."""


def _add_missing_tables(kept: sqlite3.Connection, live: sqlite3.Connection) -> None:
    """Keep tables that a case was the first to need, empty: they are not made twice."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    there = {name for name, _sql in kept.execute(query)}
    for name, sql in live.execute(query).fetchall():
        if name not in there:
            kept.execute(sql)
    kept.commit()
