import datetime as dt

import pgserver
import pytest
from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    insert,
    text,
)

from tenants.errors import BadInput
from tests.forecasting.data.loading import of

ROWS = [
    {"id": 1, "date": dt.date(2026, 6, 1), "store": 1, "product": "A", "units": 3},
    {"id": 2, "date": dt.date(2026, 6, 2), "store": 1, "product": "A", "units": -4},
    {"id": 3, "date": dt.date(2026, 6, 3), "store": 1, "product": "A", "units": 5},
]


def fill(url: str, *, schema: str | None = None, name: str = "sales") -> None:
    engine = create_engine(url)
    metadata = MetaData()
    table = Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("date", Date),
        Column("store", Integer),
        Column("product", String),
        Column("units", Numeric(12, 2)),
        schema=schema,
    )
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(insert(table), ROWS)
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path):
    url = f"sqlite:///{tmp_path}/shop.db"
    fill(url)
    return url


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"))
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    fill(url)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA shop"))
    engine.dispose()
    fill(url, schema="shop", name="umsatz")
    yield url
    server.cleanup()


def test_sqlite_is_read_and_refused_by_the_same_rules(desk, sqlite):
    report = of(desk.load(sqlite), "sales")

    assert (report.read, report.new, report.unknown_columns) == (3, 2, ("id",))
    assert desk.store.quarantine()[["file", "line"]].to_numpy().tolist() == [["shop.db:sales", 2]]
    assert desk.store.read("sales")["units"].tolist() == [3.0, 5.0]


def test_a_database_loaded_twice_changes_nothing(desk, sqlite):
    first = desk.load(sqlite)

    assert desk.load(sqlite).version == first.version
    assert len(desk.store.quarantine()) == 1


def test_words_where_sqlite_should_hold_dates_and_numbers_are_refused(desk, sqlite):
    engine = create_engine(sqlite)
    with engine.begin() as connection:
        connection.execute(text("UPDATE sales SET date = 'soon' WHERE id = 1"))
        connection.execute(text("UPDATE sales SET units = 'many' WHERE id = 3"))
    engine.dispose()
    desk.load(sqlite)

    assert sorted(desk.reasons()) == [
        "date is not a date",
        "units is negative (returns have a column of their own)",
        "units is not a number",
    ]


@pytest.mark.postgres
def test_postgresql_is_read(desk, postgres):
    report = of(desk.load(postgres), "sales")

    assert (report.read, report.new) == (3, 2)
    assert desk.store.read("sales")["date"].dt.day.tolist() == [1, 3]


@pytest.mark.postgres
def test_a_table_of_another_schema_is_read_by_the_mapping(desk, postgres):
    report = desk.load(postgres, mapping='[tables.sales]\ntable = "shop.umsatz"')

    assert of(report, "sales").files[0].endswith(":shop.umsatz")
    assert of(report, "sales").new == 2


@pytest.mark.postgres
def test_a_table_that_the_mapping_names_and_the_schema_lacks_is_refused(desk, postgres):
    with pytest.raises(BadInput, match="no table"):
        desk.load(postgres, mapping='[tables.sales]\ntable = "shop.gone"')


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///nowhere.db", "no SQLite file 'nowhere.db'"),
        ("nonsense://x/y", "No database driver 'nonsense'"),
        ("://", "URL cannot be read"),
        ("postgresql+psycopg://me:hunter2@127.0.0.1:1/x", r"\*\*\*@127.0.0.1:1/x cannot be read"),
    ],
)
def test_a_database_that_cannot_be_read_is_refused_without_its_password(desk, url, why):
    with pytest.raises(BadInput, match=why) as refused:
        desk.load(url)

    assert "hunter2" not in str(refused.value)


def test_a_database_without_our_tables_is_refused(desk, tmp_path):
    url = f"sqlite:///{tmp_path}/other.db"
    fill(url, name="orders")

    with pytest.raises(BadInput, match=r"none of the tables .* it has 'orders'"):
        desk.load(url)


def test_other_tables_of_a_database_are_reported(desk, sqlite):
    fill(sqlite, name="orders")

    assert desk.load(sqlite).unknown_files == ("orders",)
