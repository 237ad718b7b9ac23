import pytest

from forecasting.data.mapping import TextFormat
from forecasting.data.sources import csv_text
from forecasting.data.sources.csv_text import CsvText
from tenants.errors import BadInput
from tests.forecasting.data.loading import SALES, of

HEAD = "date,store,product,units\n"
ROW = "2026-06-{day:02},1,1,{day}\n"


@pytest.mark.parametrize(
    "content",
    [
        SALES.encode(),
        SALES.encode("utf-8-sig"),
        SALES.replace("\n", "\r\n").encode(),
        SALES.replace("\n", "\r").encode(),
        SALES.replace(",", ";").encode(),
        SALES.replace(",", "\t").encode(),
        SALES.replace(",", "|").encode(),
        SALES.rstrip("\n").encode(),
        (SALES + "\n\n").encode(),
        SALES.replace("date,store", "  Date ,STORE").encode(),
        SALES.replace("2026-06-01", '"2026-06-01"').encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "crlf",
        "cr",
        "semicolon",
        "tab",
        "bar",
        "no end",
        "blank",
        "case",
        "quoted",
    ],
)
def test_ways_of_writing_the_same_file(desk, content):
    desk.put("sales.csv", content)
    report = of(desk.load(), "sales")

    assert (report.read, report.new) == (3, 3)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n", "no header line"),
        (SALES.encode("utf-16"), r"is UTF-16, not UTF-8; .* format.encoding"),
        (SALES.encode("utf-16-le"), "NUL bytes"),
        (SALES.replace("1,1", "1,Käse").encode("latin-1"), "not UTF-8 from line 2; .*latin-1"),
        (b"\x80\x04\x95pickled", "a pickle, which can run code"),
        (b"PK\x03\x04zipped", "a zip archive"),
        (b"\x1f\x8b\x08packed", "a gzip archive"),
        (b"PAR1 parquet", "a Parquet file"),
        (b"\x89PNG picture", "a picture"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"SQLite format 3\x00", "sqlite:///"),
        (b"date,store,units,units\n2026-06-01,1,2,3\n", "two columns named 'units'"),
        (b"date,store,units, UNITS \n2026-06-01,1,2,3\n", "two columns named"),
        (
            b"day,shop,pieces\n2026-06-01,1,2\n",
            "no column for 'date'; its nearest columns are 'day'",
        ),
        (b"a," * 20_000 + b"\n", "endless"),
        (b",".join(b"c%d" % n for n in range(1500)) + b"\n", "has 1500 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(desk, content, why):
    desk.put("sales.csv", content)

    with pytest.raises(BadInput, match=why):
        desk.load()
    assert desk.store.version == ""


def test_a_wrong_byte_deep_in_a_file_is_named_by_its_line(desk):
    rows = "".join(f"2026-06-01,1,{n},3\n" for n in range(8000)).encode()
    desk.put("sales.csv", HEAD.encode() + rows + b"2026-06-02,1,caf\xe9,3\n")

    with pytest.raises(BadInput, match="not UTF-8 from line 8002"):
        desk.load()


def test_a_declared_encoding_is_used(desk):
    desk.put("sales.csv", SALES.encode("utf-16"))
    report = desk.load(mapping='[format]\nencoding = "utf-16"')

    assert of(report, "sales").new == 3


def test_an_encoding_that_does_not_exist_is_refused(desk):
    desk.put("sales.csv", SALES)

    with pytest.raises(BadInput, match="no encoding 'klingon'"):
        desk.load(mapping='[format]\nencoding = "klingon"')


def test_torn_lines_are_quarantined_with_their_numbers(desk):
    lines = [
        ROW.format(day=1),
        "2026-06-02,1\n",
        ROW.format(day=3),
        "a,b,c,d,e\n",
        ROW.format(day=5),
    ]
    desk.put("sales.csv", HEAD + "".join(lines))
    report = of(desk.load(), "sales")
    refused = desk.store.quarantine()

    assert (report.read, report.new) == (5, 3)
    assert refused[["line", "reason"]].to_numpy().tolist() == [
        [3, "has 2 cells, not 4"],
        [5, "has 5 cells, not 4"],
    ]


def test_line_numbers_count_blank_and_torn_lines_before_a_row(desk):
    desk.put("sales.csv", HEAD + "\n2026-06-02,1\n\n" + "2026-06-03,1,1,-3\n")
    desk.load()

    assert desk.store.quarantine()["line"].tolist() == [3, 5]


def test_line_numbers_hold_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_text, "_BLOCK_BYTES", 64)
    torn = {4, 5, 11, 30, 59, 60}
    lines = [f"{n},x\n" if n not in torn else "torn\n" for n in range(2, 61)]
    path = tmp_path / "a.csv"
    path.write_text("n,v\n" + "".join(lines))
    seen, damaged = [], []
    for chunk in CsvText(path, "a.csv", TextFormat()).chunks([]):
        seen += [
            (int(n), int(line))
            for n, line in zip(chunk.rows["n"].to_pylist(), chunk.lines, strict=True)
        ]
        damaged += [item.line for item in chunk.damaged]

    assert seen == [(n, n) for n in range(2, 61) if n not in torn]
    assert damaged == sorted(torn)


def test_a_quote_left_open_swallows_no_row_in_silence(desk):
    desk.put("sales.csv", HEAD + '2026-06-01,1,"1,3\n2026-06-02,1,1,4\n2026-06-03,1",1,5\n')
    desk.load()
    refused = desk.store.quarantine()

    assert refused["reason"].str.contains("cells|several lines").all()
    assert "2026-06-02" in refused["row"].str.cat()


def test_an_endless_cell_is_refused(desk):
    desk.put("sales.csv", HEAD + f"2026-06-01,1,{'x' * 2000},3\n")
    desk.load()

    assert desk.reasons() == ["a cell is longer than 1000 characters"]


def test_hidden_characters_do_not_reach_labels_or_ids(desk):
    desk.put("products.csv", "product,name\n\u200b1\u202e,Tea\u202e \u0007Time\n")
    desk.load()

    assert desk.store.read("products")[["product", "name"]].to_numpy().tolist() == [
        ["1", "Tea Time"]
    ]


def test_a_long_label_is_cut_and_a_long_id_refused(desk):
    desk.put("products.csv", f"product,name\n1,{'n' * 100}\n{'i' * 81},x\n")
    desk.load()

    assert desk.store.read("products")["name"].str.len().tolist() == [80]
    assert desk.reasons() == ["product is longer than 80 characters"]


def test_a_formula_is_text(desk):
    desk.put("products.csv", 'product,name\n1,"=HYPERLINK(""http://x"")"\n')
    desk.load()

    assert desk.store.read("products")["name"].tolist() == ['=HYPERLINK("http://x")']
