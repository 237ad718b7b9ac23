"""What is known of a model version and of each change of production."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tenants.errors import BadInput, Unavailable


class Stage(StrEnum):
    """Where a version stands; exactly the one that the pointer names is in production."""

    STAGING = "staging"
    PRODUCTION = "production"
    ARCHIVED = "archived"


class StalePointer(Unavailable):
    """Production changed since the caller looked; nothing was done, look again."""


@dataclass(frozen=True, slots=True)
class NewModel:
    """What is said of a model when it is registered.

    Attributes:
        family: What kind of model it is, the first part of its id.
        metrics: What is known of its accuracy, with names of the trade.
        by: Who made or brought it.
        source: `trained` here, or `registered` from files.
        servable: Whether its files are all that forecasting needs.
        data_version: Names the data it was trained on.
        cutoff: The last day of these data.
    """

    family: str
    metrics: Mapping[str, Any]
    by: str
    source: str = "trained"
    servable: bool = True
    data_version: str = ""
    cutoff: date | None = None

    def to_row(self) -> dict[str, Any]:
        """Return what the registry keeps of it.

        Raises:
            BadInput: A metric is infinite or not something JSON can hold.
        """
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        values["created_by"] = values.pop("by")
        return values | {"metrics": plain_metrics(self.metrics)}


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """One model version.

    Attributes:
        id: `<family>_v<version>`; never reused.
        version: The day it was made as YYYYMMDD, with `.2`, `.3`… for more on one day.
        metrics: As the backtest found them, or as stated when it was made elsewhere.
        source: `trained` here, or `registered` from files.
        servable: Whether it holds what forecasting needs: a bare booster has no feature schema.
        checksum: SHA-256 of its manifest, which holds the hash of every file.
        cutoff: The last day of the data it was trained on.
        promoted_at: When it last became the production model.
    """

    id: str
    family: str
    version: str
    stage: Stage
    metrics: dict[str, Any]
    created_at: datetime
    promoted_at: datetime | None
    created_by: str
    data_version: str
    cutoff: date | None
    checksum: str
    source: str
    servable: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the record ready for JSON."""
        plain = {
            "stage": self.stage.value,
            "created_at": self.created_at.isoformat(timespec="seconds"),
            "promoted_at": self.promoted_at and self.promoted_at.isoformat(timespec="seconds"),
            "cutoff": self.cutoff and self.cutoff.isoformat(),
        }
        return asdict(self) | plain


@dataclass(frozen=True, slots=True)
class Move:
    """One change of the production model: who, when, why, and under whose approval."""

    move: int
    kind: str
    model_id: str
    replaced: str | None
    at: datetime
    by: str
    approval: str
    approved_by: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the move ready for JSON."""
        return asdict(self) | {"at": self.at.isoformat(timespec="seconds")}


@dataclass(frozen=True, slots=True)
class Approved:
    """Under whose name production changes.

    Attributes:
        by: Who asked for it.
        approval: The approval that allowed it, if one was needed.
        approved_by: Who gave that approval.
        reason: Why, in the asker's words.
    """

    by: str
    approval: str = ""
    approved_by: str = ""
    reason: str = ""


def model_id(family: str, version: str) -> str:
    """Return the id of a version.

    Raises:
        BadInput: The family or the version is not spelled as it must be.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,39}", family):
        raise BadInput(
            f"{family[:60]!r} cannot name a model; write letters and digits, "
            "such as GradientBoosting."
        )
    if not re.fullmatch(r"[0-9]{8}(\.[1-9][0-9]{0,5})?", version) or not _is_day(version[:8]):
        raise BadInput(
            f"{version[:60]!r} is not a version; write the day as YYYYMMDD, such as 20260206, "
            "or 20260206.2 for the second of a day."
        )
    return f"{family}_v{version}"


def plain_metrics(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return metrics as JSON can hold them; an undefined figure (NaN) becomes null.

    Raises:
        BadInput: A metric is infinite, or neither a number, text, nor a group of such.
    """
    return {str(name): _plain(name, value) for name, value in metrics.items()}


def _plain(name: str, value: Any) -> Any:
    if hasattr(value, "item") and not isinstance(value, Mapping | list | tuple):
        value = value.item()  # a numpy number
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if math.isinf(value):
            raise BadInput(f"The metric {name!r} is infinite; give a finite number.")
        return None if math.isnan(value) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return plain_metrics(value)
    if isinstance(value, list | tuple):
        return [_plain(name, item) for item in value]
    raise BadInput(f"The metric {name!r} is a {type(value).__name__}; give a number.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
