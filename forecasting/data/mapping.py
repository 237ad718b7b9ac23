"""The mapping: a TOML file that says what foreign files, columns and values mean.

It names files by pattern and columns by header, never a place on a machine, so the same
mapping reads a later, longer copy of the files and a plan for future dates.
"""

import tomllib
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from forecasting.data.cells import Format
from forecasting.data.contract import SOURCES
from forecasting.data.names import is_attribute
from forecasting.data.profile import Missing
from forecasting.units import Aim, Frequency, Target
from tenants.errors import BadInput

_FREQUENCIES = {frequency.word: frequency for frequency in Frequency}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextFormat(_Strict):
    """How text files are written; what a table does not say, the whole mapping may."""

    encoding: str | None = None
    delimiter: str | None = Field(None, min_length=1, max_length=1)
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'", "_"] | None = None
    date_format: str | None = None

    @field_validator("encoding")
    @classmethod
    def _is_an_encoding(cls, name: str | None) -> str | None:
        try:
            "a".encode(name or "utf-8")
        except (LookupError, UnicodeError):
            raise ValueError(f"there is no encoding {name!r}, e.g. 'latin-1'") from None
        return name

    @field_validator("date_format")
    @classmethod
    def _tells_days(cls, form: str | None) -> str | None:
        if form is None:
            return None
        day = datetime(2001, 11, 23, tzinfo=UTC)
        try:
            told = datetime.strptime(day.strftime(form), form).date()  # noqa: DTZ007 - a local day
        except ValueError:
            told = None
        if told != day.date():
            raise ValueError(f"{form!r} does not tell a day, as '%d.%m.%Y' does")
        return form


class Period(_Strict):
    """Days given as period numbers: period 0 starts on `epoch`, each lasts `days`."""

    epoch: date
    days: int = Field(7, ge=1, le=31)


class TableMapping(_Strict):
    """What is foreign about one source table.

    Attributes:
        files: Patterns of the files that hold it.
        sheet: Its sheet in an Excel workbook.
        table: Its table in a database, with the schema before a dot where there is one.
        columns: Our column → their header.
        known: Covariates known in advance: our name → their header.
        past: Covariates known only afterwards: our name → their header.
        words: Those of `known` that are words, not numbers.
        ignore: Headers that are known and not wanted.
        period: How to read days given as period numbers.
        format: How its text files are written.
    """

    files: tuple[str, ...] = ()
    sheet: str | None = None
    table: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    known: dict[str, str] = Field(default_factory=dict)
    past: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    period: Period | None = None
    format: TextFormat = TextFormat()

    @field_validator("known", "past", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Let a list of headers stand for columns that keep their names."""
        return {name: name for name in value} if isinstance(value, list) else value


class Mapping(_Strict):
    """A whole mapping; the default one renames nothing."""

    title: str = ""
    target: Target | None = None
    frequency: Frequency | None = None
    missing: Missing = "unknown"
    aim: Aim = Aim.EXPECTED
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    format: TextFormat = TextFormat()
    tables: dict[str, TableMapping] = Field(default_factory=dict)
    text: str = ""

    @field_validator("frequency", mode="before")
    @classmethod
    def _by_word(cls, value: object) -> object:
        return _FREQUENCIES.get(value, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _means_something(self) -> "Mapping":
        for name, table in self.tables.items():
            if name not in SOURCES:
                raise ValueError(f"there is no table {name!r}; use one of {', '.join(SOURCES)}")
            _check_names(name, table)
        return self

    def table(self, name: str) -> TableMapping:
        """Return what the mapping says of a table."""
        return self.tables.get(name, TableMapping())

    def tables_for(self, path: str) -> list[str]:
        """Return the tables whose file patterns fit a path below the folder."""
        file = path.rsplit("/", 1)[-1]
        return [
            name
            for name, table in self.tables.items()
            if any(fnmatchcase(path, glob) or fnmatchcase(file, glob) for glob in table.files)
        ]

    def text_format(self, name: str) -> TextFormat:
        """Return how the text files of a table are written."""
        own = self.table(name).format.model_dump(exclude_none=True)
        return self.format.model_copy(update=own)

    def cell_format(self, name: str) -> Format:
        """Return how the cells of a table are written."""
        text, period = self.text_format(name), self.table(name).period
        return Format(
            date_format=text.date_format or "",
            decimal=text.decimal or ".",
            thousands=text.thousands or "",
            period_epoch=period.epoch if period else None,
            period_days=period.days if period else 7,
        )

    @property
    def known(self) -> tuple[str, ...]:
        """Return our names of the covariates known in advance."""
        return tuple(self.table("sales").known)

    @property
    def past(self) -> tuple[str, ...]:
        """Return our names of the covariates known only afterwards."""
        return tuple(self.table("sales").past)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        BadInput: It cannot be read, is not TOML, or says something without a meaning.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise BadInput(f"The mapping {path.name!r} cannot be read: {why}.") from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str = "mapping") -> Mapping:
    """Read the text of a mapping.

    Raises:
        BadInput: It is not TOML, or says something without a meaning.
    """
    try:
        return Mapping.model_validate(tomllib.loads(text) | {"text": text})
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The mapping {name!r} is not TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "as a whole"
        why = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"The mapping {name!r} is wrong at {where!r}: {why}.") from error


def _check_names(name: str, table: TableMapping) -> None:
    source = SOURCES[name]
    canonical = {column.name for column in source.columns}
    for ours in table.columns:
        if ours not in canonical and not (source.extras and is_attribute(ours)):
            raise ValueError(
                f"table {name!r} has no column {ours!r}; it has {', '.join(sorted(canonical))}"
            )
    covariates = [*table.known, *table.past]
    if covariates and name != "sales":
        raise ValueError(f"only 'sales' has known and past columns, not {name!r}")
    for ours in covariates:
        if ours in canonical or ours == "normal_price" or not is_attribute(ours):
            raise ValueError(f"{ours!r} cannot be the name of a known or past column")
        if covariates.count(ours) > 1:
            raise ValueError(f"{ours!r} is both known and past")
    if strange := sorted(set(table.words) - set(table.known)):
        raise ValueError(f"words are declared for {strange[0]!r}, which is no known column")
