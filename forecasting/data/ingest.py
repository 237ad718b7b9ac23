"""Loading: sources through the rules into versioned tables, all of it or nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from forecasting.data.arrow import MOMENT, as_frame, type_of
from forecasting.data.attributes import settle
from forecasting.data.changes import Changes, compare, find_repeats
from forecasting.data.commits import Commit
from forecasting.data.contract import KNOWN_AT, STORED, keys_of
from forecasting.data.frequency import Rhythm, days_of, decide
from forecasting.data.gather import Gathered, Progress, bind_all, gather
from forecasting.data.mapping import Mapping, load_mapping, parse_mapping
from forecasting.data.profile import DatasetProfile
from forecasting.data.quality import FILE, LINE
from forecasting.data.report import LoadReport, Outcome, make_report
from forecasting.data.series import check_series
from forecasting.data.sources.discovery import find
from forecasting.data.store import QUARANTINE, QUARANTINE_SCHEMA, SalesStore
from forecasting.units import Target
from tenants.errors import BadInput


def _silent(_fraction: float, _words: str) -> None:
    """Report progress to nobody."""


def ingest(
    source: str,
    store: SalesStore,
    *,
    mapping: Path | None = None,
    today: date,
    currency: str,
    progress: Progress = _silent,
) -> LoadReport:
    """Load every table a place holds.

    A row is new, changed, unchanged, an exact repeat, or refused with a reason: nothing else
    happens to it. What is already stored and says the same is left alone, so a second load of
    the same files makes no new version.

    Args:
        source: A folder, a file, or the SQLAlchemy URL of a database.
        store: The tenant's data.
        mapping: A TOML file for foreign names; the one of the last load when left out.
        today: Sales and stock dated later are refused.
        currency: ISO 4217 code, the unit of a revenue target unless the mapping names one.
        progress: Told the fraction done and a few words.

    Raises:
        BadInput: The place, a file or the mapping cannot be used; nothing was changed.
        Unavailable: Another load of this tenant is running.
    """
    with store.log.writing():
        before = store.log.newest()
        rules = load_mapping(mapping) if mapping else parse_mapping(before.profile.mapping)
        found = find(source, rules)
        stored_target = before.profile.target if "sales" in before.tables else None
        bound, target = bind_all(found, rules, stored_target)
        check_series(
            {item.source.name: item.binding for item in bound if item.table == "sales"}, store
        )
        gathered = gather(bound, target=target, today=today, progress=progress)
        profile = _align(gathered, store, rules, target, currency)
        progress(0.65, "comparing with what is stored")
        outcomes, pending = {}, {}
        for name in sorted(gathered.rows):
            outcomes[name], pending[name] = _outcome(gathered, name, store)
        progress(0.75, "writing")
        after = _write(gathered, pending, store, before, profile)
        progress(0.9, "looking at the whole")
        report = make_report(
            gathered, outcomes, found.unknown, SalesStore(store.folder, commit=after), before
        )
        progress(1.0, "loaded")
        return report


def _align(
    gathered: Gathered, store: SalesStore, mapping: Mapping, target: Target, currency: str
) -> DatasetProfile:
    """Decide the frequency, put sales on it, and return the conventions from now on."""
    before = store.profile
    had_sales = "sales" in store.tables()
    rhythm = Rhythm(before.frequency, before.week_anchor)
    if "sales" in gathered.rows:
        stored = np.unique(days_of(store.arrow("sales", columns=["date"])["date"]))
        days = days_of(gathered.rows["sales"]["date"])
        rhythm = decide(days, stored, mapping.frequency, before if had_sales else None)
        gathered.refuse("sales", np.flatnonzero(rhythm.strays(days)), rhythm.reason)
        rows = gathered.rows["sales"]
        starts = rhythm.starts(days_of(rows["date"])).astype("datetime64[D]")
        place = rows.column_names.index("date")
        gathered.rows["sales"] = rows.set_column(place, "date", pa.array(starts, pa.date32()))
    unit = "units" if target is Target.UNITS else mapping.currency or currency
    return DatasetProfile(
        frequency=rhythm.frequency,
        target=target,
        unit=unit,
        known=mapping.known,
        past=mapping.past,
        missing=mapping.missing,
        week_anchor=rhythm.week_anchor,
        aim=mapping.aim,
        mapping=mapping.text,
    )


def _outcome(gathered: Gathered, name: str, store: SalesStore) -> tuple[Outcome, Changes]:
    """Sort out the rows of one stored table, which leave `gathered`."""
    keys = keys_of(name)
    stored = store.arrow(name)
    extras = [column for column in gathered.rows[name].column_names if _is_attribute(name, column)]
    had = stored.schema if name in store.tables() else None
    rows, unfit = settle(gathered.rows[name], extras, had)
    for reason, mask in unfit.items():
        gathered.refuse(name, np.flatnonzero(mask), reason)
        rows = rows.filter(pa.array(~mask))
    gathered.rows[name] = rows
    _check_types(rows, had)
    repeats = find_repeats(rows, keys)
    kept = rows.take(pa.array(repeats.kept)) if len(repeats.kept) < rows.num_rows else rows
    same = rows[FILE].take(pa.array(repeats.same)).to_numpy()
    words = ", ".join(keys)
    gathered.refuse(name, repeats.conflicting, f"a later row has other values for the same {words}")
    del gathered.rows[name]
    changes = compare(kept, stored, keys)
    return Outcome(kept[FILE].to_numpy(), same, changes.new, changes.changed), changes


def _check_types(rows: pa.Table, stored: pa.Schema | None) -> None:
    """Refuse a covariate that was numbers so far and is now declared as words, or the reverse.

    Raises:
        BadInput: The mapping changed its mind; the message names the column.
    """
    if stored is None:
        return
    for name in set(rows.column_names) & set(stored.names):
        numeric = pa.types.is_floating(rows.schema.field(name).type)
        if numeric != pa.types.is_floating(stored.field(name).type):
            raise BadInput(
                f"The column {name!r} held {'words' if numeric else 'numbers'} so far; declare it "
                "under `words` in the mapping as before, or give it another name."
            )


def _is_attribute(stored: str, column: str) -> bool:
    return stored in ("stores", "products") and column not in (*STORED[stored], FILE, LINE)


@dataclass(frozen=True, slots=True)
class _Moment:
    """The moment of a load, as every row it writes carries it."""

    at: datetime

    def stamp(self, rows: pa.Table) -> pa.Table:
        return rows.append_column(KNOWN_AT, pa.repeat(pa.scalar(self.at, MOMENT), rows.num_rows))


def _write(
    gathered: Gathered,
    pending: dict[str, Changes],
    store: SalesStore,
    before: Commit,
    profile: DatasetProfile,
) -> Commit:
    """Write what is new or changed, then put it in force in one step."""
    moment = _Moment(datetime.now(UTC))
    tables = dict(before.tables)
    for name in list(pending):
        # Taken out, so that rows already written do not fill memory.
        version = _write_table(store, name, pending.pop(name), tables.get(name), moment)
        if version is not None:
            tables[name] = version
    quarantine = _write_quarantine(gathered, store, before, moment)
    first = before.number == 0
    changed = not first and profile != before.profile
    if tables == before.tables and quarantine == before.quarantine and not changed and not first:
        return before
    after = Commit(
        number=before.number + 1,
        at=moment.at.isoformat(timespec="seconds"),
        tables=tables,
        quarantine=quarantine,
        profile=profile,
        profile_changes=before.profile_changes + changed,
    )
    store.log.append(after)
    return after


def _write_table(
    store: SalesStore, name: str, changes: Changes, version: int | None, moment: _Moment
) -> int | None:
    if changes.rows.num_rows == 0:
        return version
    rows = moment.stamp(_ordered(changes.rows.drop_columns([FILE, LINE]), name))
    delta = store.delta(name)
    if version is not None and changes.changed.any():
        return delta.merge(rows, version, keys_of(name))
    return delta.append(rows, version)


def _ordered(rows: pa.Table, name: str) -> pa.Table:
    """Return rows with every column of the table, its own first; what is not given is null."""
    columns = {
        column: rows[column]
        if column in rows.column_names
        else pa.nulls(rows.num_rows, type_of(kind))
        for column, kind in STORED[name].items()
    }
    return pa.table(columns | {column: rows[column] for column in rows.column_names})


def _write_quarantine(
    gathered: Gathered, store: SalesStore, before: Commit, moment: _Moment
) -> int | None:
    """Add the refused rows that were not refused before."""
    if not gathered.refused:
        return before.quarantine
    rows = pa.concat_tables(gathered.refused).cast(pa.schema(list(QUARANTINE_SCHEMA)[:-1]))
    if before.quarantine is not None:
        known = store.delta(QUARANTINE).read(before.quarantine)
        identity = ("table", "file", "line", "reason", "row")
        seen, these = _hashes(known.select(identity)), _hashes(rows.select(identity))
        rows = rows.filter(pa.array(~np.isin(these, seen)))
    if not rows.num_rows:
        return before.quarantine
    return store.delta(QUARANTINE).append(moment.stamp(rows), before.quarantine)


def _hashes(rows: pa.Table) -> NDArray[Any]:
    return pd.util.hash_pandas_object(as_frame(rows), index=False).to_numpy()
