"""A world's raw files, in the mix of formats that tills export; the same bytes every time."""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from forecasting.data.demo.tables import Tables

ID_COLUMNS = ("store", "product")
DATE_COLUMNS = ("date", "start", "end", "opened")
# What Excel files say about when they were written, and the moment they say instead.
EXCEL_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
LONG_AGO = (2020, 1, 1, 0, 0, 0)


def write_files(tables: Tables, twice: pd.Period, folder: Path) -> list[Path]:
    """Write all source files and return their paths, sorted.

    Sales come by calendar year as CSV and the last year as Parquet; the month `twice` has a file
    of its own, delivered a second time; corrections of older rows follow in a file that sorts last.

    Args:
        tables: The world's source tables.
        twice: The month delivered twice.
        folder: Where to write, made when missing. Other files in it are left alone, so a folder
            that is to be loaded should hold nothing else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = _write_sales(tables.sales, twice, folder)
    if len(tables.corrections):
        written.append(_csv(tables.corrections, folder / "sales_corrections.csv"))
    for name in ("stores", "products", "prices", "promotions", "events"):
        written.append(_csv(getattr(tables, name), folder / f"{name}.csv"))
    written.append(_parquet(tables.stock, folder / "stock.parquet"))
    if len(tables.online):
        written.append(_json_lines(tables.online, folder / "online.jsonl"))
    if len(tables.markdowns):
        written.append(_excel(tables.markdowns, folder / "markdowns.xlsx"))
    return sorted(written)


def month_file(month: pd.Period) -> tuple[str, str]:
    """Return the names of a month's file and of its second delivery."""
    return f"sales_{month}.csv", f"sales_{month}_again.csv"


def _write_sales(sales: pd.DataFrame, twice: pd.Period, folder: Path) -> list[Path]:
    year = sales["date"].dt.year
    in_month = sales["date"].dt.to_period("M") == twice
    written = [_csv(sales[in_month], folder / name) for name in month_file(twice)]
    newest = int(year.max())
    written += [
        _csv(sales[(year == each) & ~in_month], folder / f"sales_{each}.csv")
        for each in range(int(year.min()), newest)
    ]
    return [*written, _parquet(sales[year == newest], folder / f"sales_{newest}.parquet")]


def _arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a frame with dates as dates and ids as text, without pandas' own notes."""
    columns = {}
    for name in frame.columns:
        if name in DATE_COLUMNS:
            columns[name] = pa.array(pd.to_datetime(frame[name]).to_numpy()).cast(pa.date32())
        elif name in ID_COLUMNS:
            columns[name] = pa.array(frame[name].to_numpy(), pa.string())
        else:
            columns[name] = pa.array(frame[name].to_numpy(), from_pandas=True)
    return pa.table(columns)


def _csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write a CSV file; names with commas do not occur in these worlds, so nothing is quoted."""
    table = _arrow(frame)
    options = pc.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        pc.write_csv(table, file, options)
    return path


def _parquet(frame: pd.DataFrame, path: Path) -> Path:
    pq.write_table(_arrow(frame), path, compression="zstd")
    return path


def _json_lines(frame: pd.DataFrame, path: Path) -> Path:
    rows = frame.assign(date=frame["date"].dt.strftime("%Y-%m-%d")).to_dict("records")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _excel(frame: pd.DataFrame, path: Path) -> Path:
    """Write one sheet, then take out the moments that the library writes into the file."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(path.stem)
    sheet.append(list(frame.columns))
    for row in frame.assign(date=frame["date"].dt.date).itertuples(index=False):
        sheet.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(path, "w") as fixed:
        for member in written.infolist():
            content = EXCEL_TIMES.sub(rb"\g<1>2020-01-01T00:00:00Z\g<2>", written.read(member))
            entry = zipfile.ZipInfo(member.filename, date_time=LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, content)
    return path
