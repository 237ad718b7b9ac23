"""The versions of one tenant's models, and which of them serves.

Every change is one transaction of the tenant's database, which callers may join, so a
promotion, the approval it uses up and its audit record are written together or not at all. The
production pointer moves by compare-and-swap: whoever saw another production model is told so.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from forecasting.lifecycle.artifact import Draft, Saveable, drafted
from forecasting.lifecycle.disk import Disk
from forecasting.lifecycle.housekeeping import set_aside, sweep
from forecasting.lifecycle.model_history import ModelHistory
from forecasting.lifecycle.records import (
    Approved,
    ModelRecord,
    Move,
    NewModel,
    Stage,
    StalePointer,
    model_id,
)
from forecasting.lifecycle.rollout_records import Ending, end, running
from forecasting.lifecycle.tables import (
    MODELS,
    free_version,
    make_move,
    next_number,
    pointer,
)
from tenants.clock import Clock
from tenants.database import Database
from tenants.errors import BadInput, CannotAnswer

MODELS_LOCK = "models"
"""What keeps changes of models and of production apart."""


class Registry(ModelHistory):
    """Registers, promotes, rolls back and lists the models of one tenant."""

    def __init__(
        self,
        database: Database,
        models: Path,
        tenant_id: str,
        *,
        clock: Clock | None = None,
        disk: Disk | None = None,
        opens: Callable[[Path], object] | None = None,
    ) -> None:
        """Open the registry kept in `database`, with the files under `models`.

        Args:
            database: The tenant's database.
            models: The folder of the versions, made when needed.
            tenant_id: Whose models these are; part of every signature.
            clock: What time it is.
            disk: Where files are published.
            opens: Loads a verified version; tried before it becomes production.
        """
        super().__init__(database, models, tenant_id)
        self._clock = clock or Clock()
        self._disk = disk
        self._opens = opens

    def register(
        self, model: Saveable, new: NewModel, *, day: date, version: str | None = None
    ) -> ModelRecord:
        """Publish a model's files and record it in staging, both or neither.

        Args:
            model: Writes its own files; they are checked, hashed and signed here.
            new: What is said of it.
            day: The day it was made, the second part of its id; `.2`, `.3` follow on one day.
            version: The second part of the id when it is given from outside.

        Raises:
            BadInput: A file is not one a model may hold, or the version is taken.
            Unavailable: Disk or database refused; nothing was registered.
        """
        row = new.to_row()
        today = f"{day:%Y%m%d}"
        model_id(new.family, version or today)
        sweep(self._models, self._deleted())
        with (
            drafted(model, self._models, disk=self._disk) as draft,
            self._database.transaction() as connection,
        ):
            self._database.lock(connection, MODELS_LOCK)
            chosen = version or free_version(connection, new.family, today)
            return self._publish(connection, draft, chosen, row)

    def promote(
        self, name: str, *, expected: str | None, approved: Approved, kind: str = "promote"
    ) -> ModelRecord:
        """Make a verified version the production model if production is still `expected`.

        Args:
            name: The model's id.
            expected: The production model the caller saw, or None when there was none.
            approved: Under whose name it happens.
            kind: `promote` or `rollback`, for the history.

        Raises:
            StalePointer: Production changed meanwhile; nothing was done.
            BadInput: Its files were altered.
            CannotAnswer: It cannot serve, or is the production model already.
        """
        record = self.get(name)
        self.check_serves(record)
        with self._database.transaction() as connection:
            self._database.lock(connection, MODELS_LOCK)
            current, move = pointer(connection)
            if current != expected:
                raise StalePointer(
                    f"The production model is {current or 'none'!r} by now and not "
                    f"{expected or 'none'!r}, so nothing was changed; look again, then decide."
                )
            if current == name:
                raise CannotAnswer(f"{name!r} is the production model already; nothing to do.")
            self.get(name)  # it may have been deleted since
            change = Move(
                move=move + 1,
                kind=kind,
                model_id=name,
                replaced=current,
                at=self._clock.now(),
                **asdict(approved),
            )
            make_move(connection, change)
            reason = f"{name} became the production model."
            names = (approved.by, approved.approval, approved.approved_by)
            end(connection, Ending(change.at, *names, reason))
            return self.get(name)

    def rollback(
        self, name: str | None = None, *, expected: str | None, approved: Approved
    ) -> ModelRecord:
        """Return to an earlier production model, by default the one before the present.

        Raises:
            CannotAnswer: No other model has been in production, or not that one.
            StalePointer: Production changed meanwhile; nothing was done.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, MODELS_LOCK)
            if name is None:
                previous = self.previous_production()
                if previous is None:
                    raise CannotAnswer(
                        "There is no earlier production model to return to; "
                        "`promote` puts a staging model in production."
                    )
                name = previous.id
            elif self.get(name).promoted_at is None:
                raise CannotAnswer(
                    f"{name!r} has never been in production, so there is nothing to return to; "
                    "promote it instead."
                )
            return self.promote(name, expected=expected, approved=approved, kind="rollback")

    def check_serves(self, record: ModelRecord) -> None:
        """Make sure that a version can forecast, by loading it.

        Raises:
            BadInput: Its files were altered.
            CannotAnswer: It is a bare model file.
        """
        folder = self.verified_folder(record)
        if not record.servable:
            raise CannotAnswer(
                f"{record.id!r} is a bare model file without a feature schema, so it cannot "
                "serve; register the whole folder of a version instead of its model file."
            )
        if self._opens is not None:
            self._opens(folder)

    def archive(self, name: str) -> ModelRecord:
        """Put a staging model away.

        Raises:
            CannotAnswer: It is the production model.
        """
        with self._database.transaction() as connection:
            self._put_away(connection, name, archived=True)
            return self.get(name)

    def delete(self, name: str) -> None:
        """Forget a model; its files go a day later, its id never comes back.

        Raises:
            CannotAnswer: It is the production model.
        """
        with self._database.transaction() as connection:
            self._put_away(connection, name, archived=True, deleted_at=self._clock.now())

    def _publish(
        self, connection: Connection, draft: Draft, version: str, row: Mapping[str, Any]
    ) -> ModelRecord:
        family = row["family"]
        name = model_id(family, version)
        if connection.execute(select(MODELS.c.id).where(MODELS.c.id == name)).first():
            other = free_version(connection, family, version[:8])
            raise BadInput(
                f"There is or was a model {name!r} and versions never change; "
                f"give another one, such as {other!r}."
            )
        set_aside(self._models / name)
        manifest = draft.publish(
            self._models / name, tenant_id=self._tenant_id, model_id=name, key=self.signing_key
        )
        connection.execute(
            MODELS.insert().values(
                **row,
                id=name,
                number=next_number(connection),
                version=version,
                archived=False,
                created_at=self._clock.now(),
                checksum=manifest.checksum,
            )
        )
        return self.get(name)

    def _put_away(self, connection: Connection, name: str, **values: Any) -> None:
        self._database.lock(connection, MODELS_LOCK)
        if self.get(name).stage is Stage.PRODUCTION:
            raise CannotAnswer(
                f"{name!r} is the production model, so it stays; promote another one first."
            )
        if (tried := running(connection)) is not None and tried.model_id == name:
            raise CannotAnswer(f"{name!r} is tried out in a rollout; stop that first.")
        connection.execute(MODELS.update().where(MODELS.c.id == name).values(values))
