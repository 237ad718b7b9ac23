import pytest

from forecasting.data.mapping import Mapping
from forecasting.data.sources.discovery import find_files, table_named
from tenants.errors import BadInput
from tests.forecasting.data.loading import SALES, of


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("sales.csv", "sales"),
        ("Sales_2024.CSV", "sales"),
        ("sales-2024.parquet", "sales"),
        ("sales/2024/week 7.csv", "sales"),
        ("exports/stock.csv", "stock"),
        ("salesforce.csv", ""),
        ("store.csv", ""),
        ("readme.txt", ""),
    ],
)
def test_a_table_is_known_by_the_name_of_its_file_or_folder(name, table):
    assert table_named(name) == table


def test_files_are_loaded_in_the_order_people_number_them(desk):
    for name in ("sales-10.csv", "sales-9.csv", "sales-1.csv"):
        desk.put(name, SALES)
    found = find_files(desk.files, Mapping())

    assert [source.name for _, source in found.sources] == [
        "sales-1.csv",
        "sales-9.csv",
        "sales-10.csv",
    ]


def test_files_of_no_table_are_reported_not_read(desk):
    desk.put("sales.csv", SALES)
    desk.put("notes.csv", "whatever")
    desk.put("sales.pdf", b"%PDF")
    desk.put(".hidden.csv", "x")

    assert desk.load().unknown_files == ("notes.csv", "sales.pdf")


def test_links_are_not_followed(desk, tmp_path):
    outside = tmp_path / "secret.csv"
    outside.write_text(SALES)
    (desk.files / "sales.csv").symlink_to(outside)

    with pytest.raises(BadInput, match="No file in"):
        desk.load()


def test_the_mapping_says_which_files_are_a_table(desk):
    desk.put("2024/umsatz.csv", SALES)
    report = desk.load(mapping='[tables.sales]\nfiles = ["*/umsatz*.csv"]')

    assert of(report, "sales").files == ("2024/umsatz.csv",)


def test_a_single_file_of_any_name_is_known_by_its_columns(desk):
    path = desk.put("june export.csv", SALES)

    assert of(desk.load(path), "sales").new == 3


def test_a_single_file_that_could_be_anything_is_refused(desk):
    path = desk.put("june.csv", "a,b\n1,2\n")

    with pytest.raises(BadInput, match=r"not clear which table .june.csv. holds"):
        desk.load(path)


@pytest.mark.parametrize("place", ["/nowhere/at/all", "nowhere"])
def test_a_place_that_is_not_there_is_refused(desk, place):
    with pytest.raises(BadInput, match="no file or folder"):
        desk.load(place)


def test_a_folder_without_tables_is_refused(desk):
    desk.put("notes.txt", "hello")

    with pytest.raises(BadInput, match=r"name them sales, .* \(e.g. 'sales.csv'\)"):
        desk.load()
