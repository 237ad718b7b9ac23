"""A sales store that lives in memory, for tests of what reads one."""

from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

from forecasting.data.profile import DatasetProfile

COLUMNS = {
    "sales": ["date", "store", "product", "channel", "units", "returns", "revenue", "price"],
    "stores": ["store", "name"],
    "products": ["product", "name"],
    "prices": ["date", "store", "product", "price"],
    "promotions": ["start", "end", "store", "product", "discount_pct", "kind"],
    "stock": ["date", "store", "product", "on_hand"],
    "events": ["date", "name", "store"],
}
DAYS = {"date", "start", "end"}


@dataclass
class FakeStore:
    """Canonical tables given as lists of rows."""

    rows: dict[str, list[dict[str, object]]]
    profile: DatasetProfile = field(default_factory=DatasetProfile)
    version: str = "sales@1"

    def read(self, table):
        frame = pd.DataFrame(self.rows.get(table, []), columns=self._columns(table))
        for column in DAYS & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
        return frame

    def arrow(self, table, *, columns=None):
        """Return the same, or some columns of it, as Arrow with ids encoded as the store does."""
        rows = pa.Table.from_pandas(self.read(table), columns=columns, preserve_index=False)
        for name in {"store", "product"} & set(rows.column_names):
            place = rows.column_names.index(name)
            text = rows.column(name).cast(pa.string())
            rows = rows.set_column(place, name, text.dictionary_encode())
        return rows

    def at(self, _version):
        """Return the store as it was: a fake never changes."""
        return self

    def _columns(self, table):
        rows = self.rows.get(table) or [{}]
        return [*COLUMNS[table], *(name for name in rows[0] if name not in COLUMNS[table])]


def sale(date, units, *, store="1", product="1", **more):
    """Return one row of the sales table."""
    return {"date": date, "store": store, "product": product, "units": units} | more
