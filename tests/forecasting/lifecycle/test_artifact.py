"""Publishing: whole or not at all, and every altered byte is seen."""

import random
import shutil
from pathlib import Path

import pytest

from forecasting.lifecycle.artifact import drafted, open_artifact, publish
from forecasting.lifecycle.disk import LocalDisk
from forecasting.lifecycle.manifest import MANIFEST, SIGNATURE
from tenants.errors import BadInput, Unavailable
from tests.forecasting.lifecycle.models import Files, SmallModel

KEY = b"k" * 32
NAME = "GradientBoosting_v20260206"
STEPS = 12


class Killed(BaseException):
    """The process died."""


class Disk(LocalDisk):
    """Writes down what is done, and fails or dies at one step."""

    def __init__(self, *, fails_at=None, dies_at=None):
        self.steps = []
        self.fails_at = fails_at
        self.dies_at = dies_at
        self.dead = False

    def make_folder(self, path):
        self._step("make_folder", path, lambda: super(Disk, self).make_folder(path))

    def write(self, path, content):
        half = content[: len(content) // 2]
        torn = lambda: path.write_bytes(half)  # noqa: E731 - a full disk keeps a part
        self._step("write", path, lambda: super(Disk, self).write(path, content), torn)

    def sync(self, path):
        self._step("sync", path, lambda: super(Disk, self).sync(path))

    def rename(self, source, target):
        self._step("rename", target, lambda: super(Disk, self).rename(source, target))

    def remove(self, folder):
        if not self.dead:
            super().remove(folder)

    def _step(self, what, path, act, torn=lambda: None):
        self.steps.append((what, path))
        if len(self.steps) == self.fails_at:
            torn()
            raise OSError(28, "No space left on device")
        if len(self.steps) == self.dies_at:
            torn()
            self.dead = True
            raise Killed
        act()


def publish_to(folder, disk=None, model=None, tenant="t1"):
    model = model or SmallModel()
    return publish(model, folder, tenant_id=tenant, model_id=NAME, key=KEY, disk=disk)


def opens(folder, tenant="t1", model_id=NAME, key=KEY):
    return open_artifact(folder, tenant_id=tenant, model_id=model_id, key=key)


def steps_of_publishing(folder):
    disk = Disk()
    publish_to(folder / "counted" / NAME, disk)
    return disk.steps


def test_a_published_model_opens_with_the_manifest_it_was_given(tmp_path):
    manifest = publish_to(tmp_path / NAME)

    assert opens(tmp_path / NAME) == manifest
    assert [file.name for file in manifest.files] == [
        "booster.txt",
        "parts/intervals.npz",
        "schema.json",
    ]


def test_every_file_is_durable_before_the_name_appears_and_the_name_before_it_returns(tmp_path):
    steps = steps_of_publishing(tmp_path)

    renamed = next(i for i, (what, _path) in enumerate(steps) if what == "rename")
    synced = {path.name for what, path in steps[:renamed] if what == "sync"}
    assert {"booster.txt", "intervals.npz", "schema.json", "parts", MANIFEST, SIGNATURE} < synced
    assert steps[renamed - 1][0] == "sync"  # the temporary folder itself
    assert steps[renamed + 1 :] == [("sync", tmp_path / "counted")]


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_disk_that_fails_at_any_step_leaves_nothing_behind_or_all(tmp_path, step):
    disk = Disk(fails_at=step)

    with pytest.raises(Unavailable, match="No space left on device"):
        publish_to(tmp_path / NAME, disk)

    left = [path.name for path in tmp_path.iterdir()]
    assert left in ([], [NAME])
    if left:
        opens(tmp_path / NAME)


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_process_that_dies_at_any_step_leaves_no_torn_model(tmp_path, step):
    with pytest.raises(Killed):
        publish_to(tmp_path / NAME, Disk(dies_at=step))

    if (tmp_path / NAME).exists():
        opens(tmp_path / NAME)
    assert publish_to(tmp_path / "again", None)


def test_the_failing_steps_cover_every_step_of_publishing(tmp_path):
    assert len(steps_of_publishing(tmp_path)) == STEPS


def test_a_model_that_cannot_save_itself_leaves_nothing_behind(tmp_path):
    class Broken:
        def save(self, folder):
            (folder / "schema.json").write_text("{}")
            raise KeyError("lags")

    with pytest.raises(KeyError), drafted(Broken(), tmp_path):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(4))
def test_each_of_fifty_flipped_bytes_is_seen(tmp_path, seed):
    folder = tmp_path / NAME
    publish_to(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    chance = random.Random(seed)  # noqa: S311 - any bytes will do
    unseen = []

    for _ in range(50):
        path = chance.choice(files)
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            opens(folder)
            unseen.append((path.name, at))
        except BadInput:
            pass
        path.write_bytes(whole)

    assert unseen == []
    assert opens(folder)


def flip_a_file(folder):
    path = folder / "schema.json"
    path.write_text(path.read_text().replace("1.0", "9.0"))


def forge_the_manifest(folder):
    flip_a_file(folder)
    content = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(content.replace("schema", "scheme"))


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (flip_a_file, "'schema.json' of model 'GradientBoosting_v20260206' was altered"),
        (forge_the_manifest, "does not carry this tenant's signature"),
        (lambda folder: (folder / "booster.txt").unlink(), "was altered or is missing"),
        (lambda folder: (folder / "extra.json").write_text("{}"), "'extra.json' is not part of"),
        (lambda folder: (folder / "model.pkl").write_bytes(b"\x80\x04."), "is a pickle"),
        (lambda folder: (folder / SIGNATURE).unlink(), "holds no complete model"),
        (lambda folder: (folder / "link").symlink_to("/etc/hosts"), "'link' is a link"),
        (shutil.rmtree, "There is no model folder"),
    ],
)
def test_a_model_that_is_not_as_published_is_refused_in_one_sentence(tmp_path, tamper, says):
    publish_to(tmp_path / NAME)
    tamper(tmp_path / NAME)

    with pytest.raises(BadInput, match=says) as refused:
        opens(tmp_path / NAME)

    assert str(refused.value).count(". ") == 0


def test_a_model_replaced_by_a_link_to_itself_is_refused(tmp_path):
    publish_to(tmp_path / "elsewhere")
    (tmp_path / NAME).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(BadInput, match="There is no model folder"):
        opens(tmp_path / NAME)


def test_another_tenants_model_is_refused(tmp_path):
    publish_to(tmp_path / NAME, tenant="t2")

    with pytest.raises(BadInput, match="belongs to another tenant"):
        opens(tmp_path / NAME)
    with pytest.raises(BadInput, match="belongs to another tenant"):
        opens(tmp_path / NAME, key=b"z" * 32)


def test_a_model_under_another_models_name_is_refused(tmp_path):
    publish_to(tmp_path / NAME)

    with pytest.raises(BadInput, match=f"are those of '{NAME}'"):
        opens(tmp_path / NAME, model_id="GradientBoosting_v20260207")


def test_a_model_may_not_write_its_own_manifest(tmp_path):
    with pytest.raises(BadInput, match=r"may not write 'manifest\.json'"):
        publish_to(tmp_path / NAME, model=Files({MANIFEST: b"{}"}))


def test_a_model_of_too_many_files_is_refused(tmp_path):
    many = Files({f"{i}.json": b"{}" for i in range(201)})

    with pytest.raises(BadInput, match="more than 200 files"):
        publish_to(tmp_path / NAME, model=many)

    assert list(Path(tmp_path).iterdir()) == []
