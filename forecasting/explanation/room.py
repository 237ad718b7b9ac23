"""What explanations of one tenant keep: the forecasts people were told, and reasons."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from forecasting.explanation.reasoned import Reasoned
from tenants.database import Database

if TYPE_CHECKING:
    from forecasting.told.book import ToldForecasts


class Explanations:
    """Keeps what explanations rest on, each opened when first used."""

    def __init__(self, folder: Path | None, database: Database) -> None:
        """Keep reasons in a tenant's folder (nowhere where it is None), the rest in a database."""
        self._folder, self._database = folder, database

    @cached_property
    def told(self) -> "ToldForecasts":
        """Return the forecasts people were told."""
        from forecasting.told.book import ToldForecasts  # noqa: PLC0415 - loads SQLAlchemy tables

        return ToldForecasts(self._database)

    @cached_property
    def reasoned(self) -> Reasoned:
        """Return the reasons for coming forecasts."""
        return Reasoned(None if self._folder is None else self._folder / "reasons")
