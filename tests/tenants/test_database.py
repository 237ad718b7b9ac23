import threading

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from tenants.databases import Databases
from tenants.errors import BadInput, Unavailable
from tenants.settings import Settings

PAIRS = Table("pairs", MetaData(), Column("id", Integer, primary_key=True))


@pytest.fixture
def database(tmp_path):
    databases = Databases(Settings(home=tmp_path, _env_file=None))
    database = databases.control()
    database.ensure(PAIRS)
    yield database
    databases.close()


def count(database):
    with database.reading() as connection:
        return len(connection.execute(PAIRS.select()).all())


def test_every_connection_survives_a_power_cut(database):
    with database.transaction() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar()

    assert (mode, synchronous) == ("wal", 2)


def test_what_may_be_lost_does_not_wait_for_the_disk_and_all_else_still_does(database):
    with database.transaction(may_be_lost=True) as connection:
        connection.execute(PAIRS.insert().values(id=1))
        hasty = connection.execute(text("PRAGMA synchronous")).scalar()
    with database.transaction() as connection:
        after = connection.execute(text("PRAGMA synchronous")).scalar()

    assert (hasty, after) == (1, 2)
    assert count(database) == 1


def test_what_must_last_is_not_written_along_with_what_may_be_lost(database):
    with (
        pytest.raises(RuntimeError, match="cannot join"),
        database.transaction(may_be_lost=True),
        database.transaction(),
    ):
        pass


def test_what_may_be_lost_lasts_as_part_of_what_must(database):
    with database.transaction(), database.transaction(may_be_lost=True) as inner:
        waits = inner.execute(text("PRAGMA synchronous")).scalar()

    assert waits == 2


@pytest.mark.postgres
def test_on_a_server_too_only_what_may_be_lost_does_not_wait_for_the_disk(shared_installation):
    database = shared_installation.databases.control()
    waits = text("SHOW synchronous_commit")
    with database.transaction(may_be_lost=True) as connection:
        hasty = connection.execute(waits).scalar()
    with database.transaction() as connection:
        after = connection.execute(waits).scalar()
    with database.transaction(), database.transaction(may_be_lost=True) as inner:
        joined = inner.execute(waits).scalar()

    assert (hasty, after, joined) == ("off", "on", "on")


def test_nested_transactions_commit_together(database):
    with database.transaction() as outer, database.transaction() as inner:
        outer.execute(PAIRS.insert().values(id=1))
        inner.execute(PAIRS.insert().values(id=2))

    assert count(database) == 2


def test_a_failure_outside_takes_back_what_was_written_inside(database):
    with pytest.raises(ZeroDivisionError), database.transaction():
        with database.transaction() as inner:
            inner.execute(PAIRS.insert().values(id=1))
        raise ZeroDivisionError

    assert count(database) == 0


def test_what_waits_for_the_commit_does_not_run_without_it(database):
    ran = []
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.after_commit(lambda: ran.append("early"))
        raise ZeroDivisionError
    with database.transaction():
        database.after_commit(lambda: ran.append("after"))
        assert ran == []

    assert ran == ["after"]


def test_readers_do_not_wait_for_a_writer(database):
    seen = []
    with database.transaction() as connection:
        connection.execute(PAIRS.insert().values(id=1))
        reader = threading.Thread(target=lambda: seen.append(count(database)))
        reader.start()
        reader.join(timeout=5)

    assert seen == [0]


def test_a_home_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match="TILLSIGHT_HOME"):
        Databases(Settings(home=tmp_path / "file" / "home", _env_file=None)).control()


@pytest.mark.parametrize("address", ["nonsense", "mysql://host/db"])
def test_an_address_of_another_kind_is_explained(tmp_path, address):
    with pytest.raises(BadInput, match="TILLSIGHT_DATABASE_URL"):
        Databases(Settings(home=tmp_path, database_url=address, _env_file=None))


def test_a_server_that_does_not_answer_is_explained_without_its_password(tmp_path):
    address = "postgresql+psycopg://ann:hunter2@127.0.0.1:1/db"
    databases = Databases(Settings(home=tmp_path, database_url=address, _env_file=None))

    with pytest.raises(Unavailable, match="does not answer") as said:
        databases.control()
    assert "hunter2" not in str(said.value)
