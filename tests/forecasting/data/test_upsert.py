"""Loads against an oracle: a plain dictionary that is updated row by row."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecasting.data.loading import Desk, of

ROWS = st.lists(
    st.tuples(
        st.integers(1, 4),  # day
        st.sampled_from(["1", "2"]),  # store
        st.sampled_from(["3", "-1", "7", "x", ""]),  # units
        st.sampled_from(["", "2.5", "4"]),  # price
    ),
    min_size=1,
    max_size=12,
)


def as_csv(rows):
    lines = [f"2026-06-0{day},{store},{units},{price}" for day, store, units, price in rows]
    return "date,store,units,price\n" + "\n".join(lines) + "\n"


def apply(stored, rows):
    """Return the table after a load, and how many rows were new, changed, unchanged."""
    last = {}
    for day, store, units, price in rows:
        if units in ("3", "7"):
            last[(day, store)] = (float(units), float(price) if price else None)
    after, counts = dict(stored), [0, 0, 0]
    for key, (units, price) in last.items():
        before = stored.get(key)
        merged = (units, before[1] if before and price is None else price)
        counts[0 if before is None else int(merged == before) + 1] += 1
        after[key] = merged
    return after, counts


def held(desk):
    sales = desk.store.read("sales")
    return {
        (row.date.day, row.store): (row.units, None if row.price != row.price else row.price)
        for row in sales.itertuples()
    }


@settings(max_examples=12, deadline=None)
@given(loads=st.lists(ROWS, min_size=1, max_size=3))
def test_loads_leave_what_a_dictionary_would_hold(loads):
    with tempfile.TemporaryDirectory() as folder:
        desk, expected = Desk(Path(folder)), {}
        for rows in loads:
            desk.put("sales.csv", as_csv(rows))
            report = of(desk.load(), "sales")
            expected, counts = apply(expected, rows)

            assert held(desk) == expected
            assert [report.new, report.changed, report.unchanged] == counts
            assert report.read == len(rows)
            fates = (report.new, report.changed, report.unchanged, report.duplicates)
            assert sum(fates) + sum(report.quarantined.values()) == len(rows)
