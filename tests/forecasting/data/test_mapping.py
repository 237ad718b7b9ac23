from datetime import date

import pytest

from forecasting.data.mapping import load_mapping, parse_mapping
from forecasting.units import Frequency, Target
from tenants.errors import BadInput
from tests.forecasting.data.loading import SALES, of

GERMAN = """
target = "units"
[format]
delimiter = ";"
decimal = ","
thousands = "."
date_format = "%d.%m.%Y"
encoding = "latin-1"
[tables.sales]
files = ["umsatz*"]
[tables.sales.columns]
date = "Tag"
store = "Filiale"
product = "Artikel"
units = "Stück"
price = "Preis"
"""


def test_a_foreign_file_is_read_by_its_mapping(desk):
    text = "Tag;Filiale;Artikel;Stück;Preis\n01.06.2026;1;A;1.234,5;2,50\n"
    desk.put("umsatz-juni.csv", text.encode("latin-1"))
    desk.load(mapping=GERMAN)
    sales = desk.store.read("sales")

    assert sales["date"].iloc[0].date() == date(2026, 6, 1)
    assert sales[["units", "price"]].to_numpy().tolist() == [[1234.5, 2.5]]


@pytest.mark.parametrize("cell", ["1,234.5", "12.34", "1234.567", "1.23,4", "1 234"])
def test_a_number_of_another_style_than_declared_is_refused(desk, cell):
    desk.put(
        "umsatz.csv", f"Tag;Filiale;Artikel;Stück;Preis\n01.06.2026;1;A;{cell};\n".encode("latin-1")
    )
    desk.load(mapping=GERMAN)

    assert desk.reasons() == ["units is not a number"]


def test_the_last_mapping_is_remembered(desk):
    head = "Tag;Filiale;Artikel;Stück;Preis\n"
    desk.put("umsatz.csv", (head + "01.06.2026;1;A;1;2\n").encode("latin-1"))
    desk.load(mapping=GERMAN)
    desk.put("umsatz.csv", (head + "02.06.2026;1;A;1;2\n").encode("latin-1"))

    assert of(desk.load(), "sales").new == 1


def test_a_mapping_from_numbered_weeks(desk):
    mapping = (
        '[tables.sales.columns]\ndate = "week"\n'
        '[tables.sales.period]\nepoch = "1989-09-07"\ndays = 7\n'
    )
    desk.put("sales.csv", "week,store,units\n40,2,5\n41,2,6\n42,2,7\n")
    desk.load(mapping=mapping)
    sales = desk.store.read("sales")

    assert sales["date"].min().date() == date(1990, 6, 14)
    assert (desk.store.profile.frequency, desk.store.profile.week_anchor) == (Frequency.WEEK, 3)


def test_unknown_columns_are_reported_and_ignored_ones_are_not(desk):
    desk.put("sales.csv", "date,store,units,clerk,till\n2026-06-01,1,3,Ann,2\n")
    report = of(desk.load(mapping='[tables.sales]\nignore = ["till"]'), "sales")

    assert report.unknown_columns == ("clerk",)


def test_a_mapped_column_that_is_not_there_is_reported(desk):
    desk.put("sales.csv", SALES)
    report = of(desk.load(mapping='[tables.sales.past]\ncustomers = "Kunden"'), "sales")

    assert report.absent_columns == ("Kunden",)


def test_a_mapped_key_that_is_not_there_is_refused(desk):
    desk.put("sales.csv", "date,units\n2026-06-01,3\n")

    with pytest.raises(BadInput, match=r"'store' \('Filiale' in the mapping\)"):
        desk.load(mapping='[tables.sales.columns]\nstore = "Filiale"')


def test_known_and_past_columns_may_be_listed_when_they_keep_their_names():
    mapping = parse_mapping('[tables.sales]\nknown = ["deal"]\npast = ["margin"]')

    assert (mapping.known, mapping.past) == (("deal",), ("margin",))


def test_the_head_of_a_mapping():
    mapping = parse_mapping('target = "revenue"\nfrequency = "week"\ncurrency = "EUR"')

    assert (mapping.target, mapping.frequency, mapping.currency) == (
        Target.REVENUE,
        Frequency.WEEK,
        "EUR",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("target = ", "is not TOML"),
        ('target = "profit"', "'target'"),
        ('frequency = "hour"', "'frequency'"),
        ("colour = 1", "'colour'"),
        ('[format]\nencoding = "rot13"', "no encoding 'rot13'"),
        ('[format]\ndate_format = "%Q"', "'%Q' does not tell a day"),
        ('[format]\ndate_format = "%d.%m."', "does not tell a day"),
        ('currency = "euro"', "'currency'"),
        ("[tables.sale]", "there is no table 'sale'"),
        ('[tables.sales.columns]\nshop = "x"', "has no column 'shop'"),
        ('[tables.stock.known]\na = "x"', "only 'sales' has known"),
        ('[tables.sales.known]\nunits = "x"', "'units' cannot be the name"),
        ('[tables.sales.known]\n"Bad Name" = "x"', "'Bad Name' cannot be the name"),
        ('[tables.sales.known]\ntenant_id = "x"', "'tenant_id' cannot be the name"),
        ('[tables.sales.known]\na = "x"\n[tables.sales.past]\na = "y"', "both known and past"),
        ('[tables.sales]\nwords = ["a"]', "words are declared for 'a'"),
    ],
)
def test_a_mapping_without_a_meaning_is_refused(text, why):
    with pytest.raises(BadInput, match=why):
        parse_mapping(text)


def test_a_mapping_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read: No such file"):
        load_mapping(tmp_path / "gone.toml")


def test_a_covariate_may_not_turn_from_numbers_into_words(desk):
    desk.put("sales.csv", "date,units,deal\n2026-06-01,3,1\n")
    desk.load(mapping='[tables.sales]\nknown = ["deal"]')
    desk.put("sales.csv", "date,units,deal\n2026-06-02,3,big\n")

    with pytest.raises(BadInput, match="'deal' held numbers so far"):
        desk.load(mapping='[tables.sales]\nknown = ["deal"]\nwords = ["deal"]')


@pytest.mark.parametrize("flags", [("true", "false"), ("TRUE", "False"), ("1", "0")])
def test_flags_of_covariates_are_one_and_nought(desk, flags):
    desk.put("sales.csv", f"date,units,deal\n2026-06-01,3,{flags[0]}\n2026-06-02,3,{flags[1]}\n")
    desk.load(mapping='[tables.sales]\nknown = ["deal"]')

    assert desk.store.read("sales")["deal"].tolist() == [1.0, 0.0]


def test_a_covariate_in_words_must_be_declared(desk):
    desk.put("sales.csv", "date,units,holiday\n2026-06-01,3,easter\n")
    desk.load(mapping='[tables.sales]\nknown = ["holiday"]')

    assert desk.reasons() == ["holiday is not a number"]
