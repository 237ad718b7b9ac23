"""A load is all or nothing, whatever happens half way and wherever the data are kept."""

import pytest

from forecasting.data.commits import CommitLog
from tenants.errors import BadInput, Unavailable
from tests.forecasting.data.loading import SALES, Desk


def test_a_load_that_fails_half_way_leaves_the_old_tables(desk):
    desk.put("sales.csv", SALES)
    version = desk.load().version
    desk.put("sales.csv", SALES.replace("2026-06-02", "2026-06-03"))
    desk.put("stock.parquet", b"PAR1 but no more than that")
    with pytest.raises(BadInput, match="damaged Parquet"):
        desk.load()

    assert desk.store.version == version
    assert len(desk.store.read("sales")) == 3


class DyingLog(CommitLog):
    """A log whose disk fills up at the last moment."""

    def append(self, commit):
        raise OSError(28, "No space left on device", str(commit.number))


def test_a_load_that_dies_after_writing_its_tables_leaves_the_old_ones(desk):
    desk.put("sales.csv", SALES)
    version = desk.load().version
    alive = desk.store.log
    desk.put("sales.csv", SALES.replace("2026-06-02,1,1,4", "2026-06-02,1,1,9"))
    desk.store.log = DyingLog(desk.store.folder / "loads")
    with pytest.raises(Unavailable, match="No space"):
        desk.load()
    desk.store.log = alive

    assert desk.store.version == version
    assert sorted(desk.store.read("sales")["units"]) == [3, 4, 5]


def test_the_load_after_one_that_died_takes_nothing_of_it(desk):
    desk.put("sales.csv", SALES)
    desk.load()
    alive = desk.store.log
    desk.put("sales.csv", "date,store,product,units\n2026-06-05,1,1,99\n")
    desk.store.log = DyingLog(desk.store.folder / "loads")
    with pytest.raises(Unavailable, match="No space"):
        desk.load()
    desk.store.log = alive
    desk.put("sales.csv", "date,store,product,units\n2026-06-06,1,1,8\n")
    desk.load()

    assert sorted(desk.store.read("sales")["units"]) == [3, 4, 5, 8]


def test_two_loads_at_once_are_told_to_wait(desk):
    desk.put("sales.csv", SALES)
    with desk.store.log.writing(), pytest.raises(Unavailable, match="Another load"):
        desk.load()

    assert desk.store.version == ""


@pytest.mark.parametrize("name", ["with a blank", "é ü", "a#b?c", "plain"])
def test_data_can_be_kept_in_any_folder(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    desk = Desk(folder)
    desk.put("sales.csv", SALES)
    desk.load()
    desk.put("sales.csv", SALES.replace("2026-06-02,1,1,4", "2026-06-02,1,1,9"))
    desk.load()

    assert sorted(desk.store.read("sales")["units"]) == [3, 5, 9]
    assert sorted(desk.store.read("sales", version=0)["units"]) == [3, 4, 5]


def test_a_folder_that_cannot_keep_tables_is_refused(tmp_path):
    folder = tmp_path / "50%20off"
    folder.mkdir()
    desk = Desk(folder)
    desk.put("sales.csv", SALES)

    with pytest.raises(Unavailable, match="percent sign"):
        desk.load()


def test_a_disk_that_fails_is_one_sentence_and_the_load_can_be_repeated(tmp_path):
    log = CommitLog(tmp_path / "loads")

    with (
        pytest.raises(Unavailable, match=r"No space left on device.*then load again\.$"),
        log.writing(),
    ):
        raise OSError(28, "No space left on device")
    with log.writing():
        assert log.newest().number == 0


def test_a_folder_where_nothing_can_be_made_is_one_sentence(tmp_path):
    (tmp_path / "loads").write_text("in the way")

    with (
        pytest.raises(Unavailable, match="check free disk space and permissions"),
        CommitLog(tmp_path / "loads").writing(),
    ):
        pass
