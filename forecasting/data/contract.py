"""The tables a retailer may give, and the tables they become.

Nine source tables are stored as seven: `online` and `markdowns` become rows of `sales`, told
apart by their channel. A mapping renames foreign columns to these names; canonical names
need none. Conventions that hold for every stored table:

* Ids (`store`, `product`) are text: 1, 1.0, "1" and " 1 " are all "1".
* `store` is "" in prices, promotions and events that hold for every store.
* A dataset without products has the one product "all"; without stores the one store "all".
* Days carry no time of day; a week or month is named by its first day.
* `known_at` is the moment a row, or its last correction, was loaded.
"""

from dataclasses import dataclass, field
from enum import StrEnum

ALL = "all"
EVERY_STORE = ""
KNOWN_AT = "known_at"

# No retailer sells or prices beyond this; a larger figure is a fault of the file.
LARGEST = 1e12


class Kind(StrEnum):
    """How a column is read and what it is stored as."""

    DAY = "day"
    ID = "id"
    LABEL = "label"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a source table and its rule.

    Attributes:
        name: The canonical name.
        kind: How it is read.
        required: The source must have the column.
        absent: The text that stands for the whole column when the source has none.
        blank: The text an empty cell becomes; None refuses the row.
        least: The smallest number allowed.
        above: The number it must exceed.
        most: The largest number allowed.
        choices: The only words allowed, compared without case.
        future: A day after today is allowed.
        empty: An empty cell is allowed and stays unknown.
    """

    name: str
    kind: Kind
    required: bool = False
    absent: str | None = None
    blank: str | None = None
    least: float | None = None
    above: float | None = None
    most: float = LARGEST
    choices: tuple[str, ...] = ()
    future: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What a source may hold under one name, and where it goes.

    Attributes:
        name: The canonical name, also the file or SQL table it is looked for under.
        columns: The columns with a meaning.
        stored: The table its rows become part of.
        keys: Stored columns that together name a row.
        constants: Columns that the table itself decides.
        extras: Unknown columns are kept as attributes.
        starts: The column with the day a row holds from, "" for none.
    """

    name: str
    columns: tuple[Column, ...]
    stored: str
    keys: tuple[str, ...]
    constants: dict[str, str] = field(default_factory=dict)
    extras: bool = False

    def column(self, name: str) -> Column | None:
        """Return the column of that canonical name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


def _day(name: str, *, future: bool = False) -> Column:
    return Column(name, Kind.DAY, required=True, future=future)


def _id(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.ID, required=required, absent=None if required else ALL)


def _some_store() -> Column:
    return Column("store", Kind.ID, absent=EVERY_STORE, blank=EVERY_STORE)


def _amount(
    name: str, *, required: bool = False, above: float | None = None, most: float = LARGEST
) -> Column:
    least = 0.0 if above is None else None
    return Column(
        name,
        Kind.NUMBER,
        required=required,
        least=least,
        above=above,
        most=most,
        empty=not required,
    )


def _label(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.LABEL, required=required, empty=not required)


CHANNELS = ("store", "online", "clearance")
_CHANNEL = Column("channel", Kind.ID, absent="store", blank="store", choices=CHANNELS)
_SALES_KEYS = ("date", "store", "product", "channel")
# Either may be the target; `quality` asks for the one that is.
_UNITS, _REVENUE = _amount("units"), _amount("revenue")
_RETURNS, _PRICE = _amount("returns"), _amount("price", above=0)

SOURCES: dict[str, SourceTable] = {
    table.name: table
    for table in (
        SourceTable(
            "sales",
            (
                _day("date"),
                _id("store"),
                _id("product"),
                _CHANNEL,
                _UNITS,
                _RETURNS,
                _REVENUE,
                _PRICE,
            ),
            "sales",
            _SALES_KEYS,
        ),
        SourceTable(
            "online",
            (_day("date"), _id("product"), _UNITS, _RETURNS, _REVENUE, _PRICE),
            "sales",
            _SALES_KEYS,
            constants={"store": "online", "channel": "online"},
        ),
        SourceTable(
            "markdowns",
            (
                _day("date"),
                _id("store"),
                _id("product"),
                _UNITS,
                _RETURNS,
                _REVENUE,
                _PRICE,
                _amount("normal_price", above=0),
            ),
            "sales",
            _SALES_KEYS,
            constants={"channel": "clearance"},
        ),
        SourceTable(
            "stores",
            (_id("store", required=True), _label("name"), _label("region"), _label("format")),
            "stores",
            ("store",),
            extras=True,
        ),
        SourceTable(
            "products",
            (
                _id("product", required=True),
                _label("name"),
                _label("category"),
                _amount("cost"),
                _amount("list_price", above=0),
            ),
            "products",
            ("product",),
            extras=True,
        ),
        SourceTable(
            "prices",
            (
                _day("date", future=True),
                _some_store(),
                _id("product"),
                _amount("price", required=True, above=0),
            ),
            "prices",
            ("date", "store", "product"),
        ),
        SourceTable(
            "promotions",
            (
                _day("start", future=True),
                _day("end", future=True),
                _some_store(),
                _id("product"),
                _amount("discount_pct", required=True, most=90.0),
                Column("kind", Kind.LABEL, absent="", blank=""),
            ),
            "promotions",
            ("start", "store", "product", "kind"),
        ),
        SourceTable(
            "stock",
            (
                _day("date"),
                _id("store"),
                _id("product"),
                _amount("on_hand", required=True),
                _amount("on_order"),
            ),
            "stock",
            ("date", "store", "product"),
        ),
        SourceTable(
            "events",
            (_day("date", future=True), _label("name", required=True), _some_store()),
            "events",
            ("date", "name", "store"),
        ),
    )
}

_SALES_COLUMNS: dict[str, Kind] = {
    "date": Kind.DAY,
    "store": Kind.ID,
    "product": Kind.ID,
    "channel": Kind.ID,
    "units": Kind.NUMBER,
    "returns": Kind.NUMBER,
    "revenue": Kind.NUMBER,
    "price": Kind.NUMBER,
    "normal_price": Kind.NUMBER,
}

STORED: dict[str, dict[str, Kind]] = {"sales": _SALES_COLUMNS} | {
    table.name: {column.name: column.kind for column in table.columns}
    for table in SOURCES.values()
    if table.stored == table.name and table.name != "sales"
}
"""The columns every stored table has, with their kinds; attributes and covariates come after."""


def keys_of(stored: str) -> tuple[str, ...]:
    """Return the columns that together name a row of a stored table."""
    return SOURCES[stored].keys
