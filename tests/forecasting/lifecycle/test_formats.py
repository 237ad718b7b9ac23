"""What a model may hold, whatever it is called."""

import gzip
import io
import os
import pickle  # noqa: TID251 - to show that none is loaded
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.lifecycle.formats import check_file
from tenants.errors import BadInput
from tests.forecasting.lifecycle.models import BOOSTER, npz


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (os.mkdir, (str(self.path),))


def zipped(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb():
    """An archive whose directory says that a few bytes unpack to 4 GiB."""
    content = bytearray(npz(a=np.eye(3)))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = b"\xf0\xff\xff\xff"
    return bytes(content)


def objects():
    return npz(values=np.array([{"a": 1}], dtype=object))


def check(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    check_file(path, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.txt", BOOSTER.encode()),
        ("schema.json", b'{"lags": [7, 14]}'),
        ("arrays.npz", npz(a=np.eye(3), names=np.array(["x", "y"]))),
    ],
)
def test_what_cannot_run_code_is_accepted(tmp_path, name, content):
    check(tmp_path, name, content)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "name", ["model.pkl", "model.joblib", "model.json", "model.txt", "model.npz", "model"]
)
def test_a_pickle_is_refused_under_any_name_and_never_run(tmp_path, protocol, name):
    trap = tmp_path / "trap"
    content = pickle.dumps(Bomb(trap), protocol=protocol)

    with pytest.raises(BadInput, match="is a pickle or another format that can run code"):
        check(tmp_path, name, content)

    assert not trap.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("arrays.npz", objects(), "is a pickle"),
        ("arrays.npz", zipped(**{"archive/data.pkl": b"\x80\x04."}), "is a pickle"),
        ("arrays.npz", zipped(**{"a.npy": b"no array"}), "not an archive of arrays"),
        ("arrays.npz", npz(a=np.eye(3))[:-20], "not an archive of arrays"),
        ("arrays.npz", bomb(), "unpacks to 1 arrays of 4095 MiB"),
        ("model.json", gzip.compress(b"{}", mtime=0), "is not JSON"),
        ("model.json", b"[" * 200_000, "is not JSON"),
        ("model.json", "{}".encode("utf-16"), "is not JSON"),
        ("model.txt", b"hello", "is not a LightGBM text model"),
        ("model.txt", BOOSTER.encode()[:80], "cut short"),
        ("model.txt", BOOSTER.encode() + b"\x00", "damaged"),
        ("model.py", b"print()", "is not a file a model may hold"),
        ("model.skops", b"PK\x03\x04", "can run code"),
        ("model", b"", "is not a file a model may hold"),
    ],
)
def test_what_a_model_may_not_hold_is_refused_in_one_sentence(tmp_path, name, content, says):
    with pytest.raises(BadInput, match=says) as refused:
        check(tmp_path, name, content)

    assert "\n" not in str(refused.value)


@given(content=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".json", ".npz", ".pkl"]))
def test_no_bytes_whatever_escape_as_another_error(tmp_path_factory, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)

    with suppress(BadInput):
        check_file(path, path.name)
