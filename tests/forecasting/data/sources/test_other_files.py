"""Parquet, Excel and JSON lines."""

import datetime as dt
import json
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tenants.errors import BadInput
from tests.forecasting.data.loading import of

HEADER = ["date", "store", "product", "units"]


def parquet(desk, columns, name="sales.parquet"):
    pq.write_table(pa.table(columns), desk.files / name)


def workbook(desk, sheets, name):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(desk.files / name)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([dt.date(2026, 6, 1)]),
        pa.array([dt.datetime(2026, 6, 1)]),  # noqa: DTZ001 - as files hold them
        pa.array([dt.datetime(2026, 6, 1)]).cast(pa.timestamp("ns")),  # noqa: DTZ001 - as above
        pa.array(["2026-06-01"]),
        pa.array(["2026-06-01"]).dictionary_encode(),
    ],
    ids=["date", "moment", "nanoseconds", "text", "words"],
)
@pytest.mark.parametrize(
    "units",
    [
        pa.array([3], pa.int8()),
        pa.array([3.0], pa.float32()),
        pa.array([Decimal("3.00")]),
        pa.array(["3"]),
        pa.array([b"3"], pa.binary()),
    ],
    ids=["int", "float", "decimal", "text", "bytes"],
)
@pytest.mark.parametrize(
    "ids",
    [
        pa.array([1]),
        pa.array([1.0]),
        pa.array([" 1 "]),
        pa.array(["1"]).dictionary_encode(),
        pa.array([Decimal("1.0")]),
    ],
    ids=["int", "float", "text", "words", "decimal"],
)
def test_native_types_mean_the_same(desk, dates, units, ids):
    parquet(desk, {"date": dates, "store": ids, "product": ids, "units": units})
    desk.load()
    sales = desk.store.read("sales")

    assert sales[["store", "product", "units"]].to_numpy().tolist() == [["1", "1", 3.0]]
    assert sales["date"].tolist() == [pd.Timestamp("2026-06-01")]


def test_a_moment_within_a_day_is_refused(desk):
    moment = pa.array([dt.datetime(2026, 6, 1, 13)])  # noqa: DTZ001 - as files hold them
    parquet(desk, {"date": moment, "units": [3]})
    desk.load()

    assert desk.reasons() == ["date has a time of day"]


def test_a_local_midnight_with_a_zone_is_its_local_day(desk):
    moment = pa.array([dt.datetime(2026, 5, 31, 22, tzinfo=dt.UTC)]).cast(
        pa.timestamp("us", tz="Europe/Berlin")
    )
    parquet(desk, {"date": moment, "units": [3]})
    desk.load()

    assert desk.store.read("sales")["date"].tolist() == [pd.Timestamp("2026-06-01")]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("sales.parquet", b"date,units\n", "not a Parquet file although"),
        ("sales.parquet", b"PAR1....", "damaged Parquet"),
        ("sales.parquet", b"", "is empty"),
        ("sales.xlsx", b"date,units\n", "not an Excel workbook"),
        ("sales.xlsx", b"PK\x03\x04 broken", "damaged workbook"),
        ("sales.jsonl", b"", "is empty"),
        ("sales.jsonl", b'[{"date": 1}]', "one JSON array"),
        ("sales.jsonl", b"hello\n", "holds no JSON objects"),
        ("sales.jsonl", '{"date": "Käse"}\n'.encode("latin-1"), "not UTF-8 near line 1"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(desk, name, content, why):
    desk.put(name, content)

    with pytest.raises(BadInput, match=why):
        desk.load()


def test_lists_in_a_column_that_is_needed_are_refused(desk):
    parquet(desk, {"date": ["2026-06-01"], "units": [[3, 4]]})

    with pytest.raises(BadInput, match=r"'units' of 'sales.parquet' holds lists"):
        desk.load()


def test_a_workbook_bears_a_sheet_for_each_table(desk):
    day = dt.date(2026, 6, 1)
    workbook(
        desk,
        {
            "Sales": [HEADER, [day, 1, 1, 3], [], [day, 2, 1, 4]],
            "stores": [["store", "region"], [1, "North"]],
            "notes": [["hello"]],
        },
        "export.xlsx",
    )
    report = desk.load()

    assert {part.table: (part.read, part.new) for part in report.tables} == {
        "sales": (2, 2),
        "stores": (1, 1),
    }
    assert of(report, "sales").files == ("export.xlsx#Sales",)
    assert report.unknown_files == ("export.xlsx#notes",)


def test_the_first_sheet_serves_a_workbook_named_after_its_table(desk):
    workbook(desk, {"Sheet1": [HEADER, ["2026-06-01", 1, "A", "3"]]}, "sales.xlsx")
    desk.load()

    assert desk.store.read("sales")["units"].tolist() == [3.0]


def test_a_mapped_sheet_that_is_not_there_is_refused(desk):
    workbook(desk, {"Sheet1": [HEADER]}, "sales.xlsx")

    with pytest.raises(BadInput, match="no sheet 'Umsatz'; it has Sheet1"):
        desk.load(mapping='[tables.sales]\nsheet = "Umsatz"')


def test_rows_of_a_sheet_have_the_numbers_excel_shows(desk):
    workbook(desk, {"sales": [HEADER, ["2026-06-01", 1, 1, 3], [], ["x", 1, 1, 3]]}, "sales.xlsx")
    desk.load()

    assert desk.store.quarantine()[["line", "reason"]].to_numpy().tolist() == [
        [4, "date is not a date"]
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(desk):
    path = desk.files / "sales.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
        bomb.open("xl/huge.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(1100):
            member.write(b"\0" * (1 << 20))

    with pytest.raises(BadInput, match="unpacks to over 1 GB"):
        desk.load()


def test_events_of_sales_come_as_json_lines(desk):
    events = [
        {"date": "2026-06-01", "store": 1, "product": "A", "units": 3},
        {"units": "4", "product": "A", "store": "1", "date": "2026-06-02", "price": 2.5},
    ]
    desk.put("sales.jsonl", "\n".join(json.dumps(event) for event in events))
    desk.load()
    sales = desk.store.read("sales").sort_values("date")

    assert sales["units"].tolist() == [3.0, 4.0]
    assert sales["price"].fillna(-1).tolist() == [-1.0, 2.5]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not a JSON object"),
        ('{"date": "2026-06-02", "units": 1, "store": "\\ud800"}', "is not a JSON object"),
        ('{"date": "2026-06-02", "units": true}', "units is not a number"),
        ("[1]", "is not a JSON object"),
        ('{"units": 1, "units": 2}', "is not a JSON object"),
        ('{"date": "2026-06-02", "units": NaN}', "units is missing"),
        ('{"date": "2026-06-02", "units": Infinity}', "units is not finite"),
        ('{"date": "2026-06-02", "units": {"n": 3}}', "units is not a number"),
        ('{"date": "2026-06-02", "units": "1,5"}', "units is not a number"),
        ('{"date": "2026-06-02", "units": 1' + "0" * 400 + "}", "units is not finite"),
        ('{"date": 20260602, "units": 1}', "date is not a date"),
        ("[" * 90_000, "is not a JSON object"),
    ],
)
def test_a_line_that_is_no_event_is_quarantined(desk, line, reason):
    desk.put("sales.jsonl", '{"date": "2026-06-01", "units": 3}\n\n' + line + "\n")
    report = of(desk.load(), "sales")
    refused = desk.store.quarantine()

    assert (report.read, report.new) == (2, 1)
    assert refused[["line", "reason"]].to_numpy().tolist() == [[3, reason]]
