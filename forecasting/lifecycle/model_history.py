"""Which models there are, which one serves and which served before; it changes nothing."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from forecasting.lifecycle.artifact import open_artifact
from forecasting.lifecycle.records import ModelRecord, Move, Stage
from forecasting.lifecycle.rollout_records import ROLLOUTS
from forecasting.lifecycle.tables import (
    MODELS,
    MOVES,
    POINTER,
    fetch,
    models,
    pointer,
    rollback_target,
)
from tenants.database import Database
from tenants.errors import BadInput, UnknownItem
from tenants.names import nearest
from tenants.secret_key import secret_key


class ModelHistory:
    """Reads the records and the verified files of one tenant's models."""

    def __init__(self, database: Database, models_folder: Path, tenant_id: str) -> None:
        self._database = database
        self._models = models_folder
        self._tenant_id = tenant_id
        database.ensure(MODELS, POINTER, MOVES, ROLLOUTS)

    def production(self) -> ModelRecord | None:
        """Return the model that serves, if there is one."""
        with self._database.reading() as connection:
            return self._named(connection, pointer(connection)[0])

    def pointer(self) -> tuple[str | None, int]:
        """Return the production model's id and how often it changed: cheap to ask often."""
        with self._database.reading() as connection:
            return pointer(connection)

    def staging_newest(self) -> ModelRecord | None:
        """Return the newest model in staging, if there is one."""
        with self._database.reading() as connection:
            waiting = fetch(connection, models().where(~MODELS.c.archived).limit(2))
        return next((record for record in waiting if record.stage is Stage.STAGING), None)

    def previous_production(self) -> ModelRecord | None:
        """Return the model that a rollback returns to, if there is one."""
        with self._database.reading() as connection:
            return self._named(connection, rollback_target(connection))

    def newest(self, *, source: str | None = None) -> ModelRecord | None:
        """Return the model registered last, of one source if that is given."""
        query = models() if source is None else models().where(MODELS.c.source == source)
        with self._database.reading() as connection:
            return next(iter(fetch(connection, query.limit(1))), None)

    def history(self, limit: int | None = 10) -> list[ModelRecord]:
        """Return the models, newest first."""
        with self._database.reading() as connection:
            return fetch(connection, models().limit(limit))

    def moves(self, limit: int | None = 50) -> list[Move]:
        """Return the changes of production, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(MOVES).order_by(MOVES.c.move.desc()).limit(limit))
            return [Move(**row) for row in rows.mappings()]

    def get(self, name: str) -> ModelRecord:
        """Return one model.

        Raises:
            UnknownItem: There is none of that id.
        """
        with self._database.reading() as connection:
            found = self._named(connection, name)
            if found is not None:
                return found
            ids = [record.id for record in fetch(connection, models())]
        close = nearest(name, ids) or ids[:1]
        hint = f"did you mean {close[0]!r}?" if close else "there is none yet, so train one."
        raise UnknownItem(f"There is no model {name[:80]!r}; {hint}", nearest=close)

    def verified_folder(self, record: ModelRecord) -> Path:
        """Return where a model's files are, after checking every byte of them.

        Raises:
            BadInput: They are not the files that were registered.
        """
        folder = self._models / record.id
        manifest = open_artifact(
            folder, tenant_id=self._tenant_id, model_id=record.id, key=self.signing_key
        )
        if manifest.checksum != record.checksum:
            raise BadInput(
                f"The files of {record.id!r} are not those that were registered; "
                "restore them from a backup, or train again."
            )
        return folder

    @property
    def database(self) -> Database:
        """Return where the records are kept."""
        return self._database

    @property
    def tenant_id(self) -> str:
        """Return whose models these are."""
        return self._tenant_id

    @property
    def signing_key(self) -> bytes:
        """Return the tenant's own key; it lies beside the models folder, never in it."""
        return secret_key(self._models.parent / "models.key")

    def _named(self, connection: Connection, name: str | None) -> ModelRecord | None:
        return next(iter(fetch(connection, models().where(MODELS.c.id == name))), None)

    def _deleted(self) -> dict[str, datetime]:
        with self._database.reading() as connection:
            gone = select(MODELS.c.id, MODELS.c.deleted_at).where(MODELS.c.deleted_at.is_not(None))
            return {row.id: row.deleted_at for row in connection.execute(gone)}
