import math
import re
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.data.cells import Format, nulls, read_days, read_ids, read_numbers
from forecasting.data.words import clean_id, clean_label

PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@given(st.lists(st.one_of(st.text(max_size=8), st.floats().map(repr)), min_size=1))
def test_text_is_a_number_only_when_it_is_written_as_one(texts):
    cells = read_numbers(pa.array(texts, pa.string()), Format())
    refused = {row for mask, _ in cells.faults for row in mask.nonzero()[0]}

    for row, (text, value) in enumerate(zip(texts, cells.values.to_pylist(), strict=True)):
        stripped = text.strip()
        plain = PLAIN.fullmatch(stripped)
        if plain and math.isfinite(float(stripped)):
            assert value == float(stripped)
        else:
            assert value is None
            empty = not stripped or stripped.lower() in ("nan", "+nan", "-nan")
            assert (row in refused) == (not empty)


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False)))
def test_an_id_has_one_spelling(value):
    once = clean_id(value)

    assert clean_id(once) == once


@given(st.text())
def test_a_label_shows_all_it_holds(text):
    label = clean_label(text) or ""

    assert len(label) <= 80
    assert not {unicodedata.category(character) for character in label} & {"Cc", "Cf", "Cs", "Cn"}


@pytest.mark.parametrize("value", [1, 1.0, "1", " 1 ", "1.0", "１", "\u200b1", "1.00"])
def test_ways_of_writing_the_id_one(value):
    assert clean_id(value) == "1"


@pytest.mark.parametrize(
    ("value", "expected"), [("01", "01"), ("1.5", "1.5"), ("A 1", "A 1"), (1.5, "1.5")]
)
def test_other_ids_stay_as_they_are(value, expected):
    assert clean_id(value) == expected


@given(st.lists(st.one_of(st.none(), st.sampled_from(["1", " 1", "1.0", "2", "", "x" * 81]))))
def test_equal_ids_share_one_code(values):
    cells = read_ids(pa.array(values, pa.string()))

    assert len(set(cells.values.dictionary.to_pylist())) == len(cells.values.dictionary)
    assert cells.values.to_pylist() == [
        None if value is None or len(value) > 80 else clean_id(value) for value in values
    ]


@given(st.dates())
def test_every_iso_day_is_read(day):
    cells = read_days(pa.array([day.isoformat()]), Format())

    assert cells.values.to_pylist() == [day]


@given(st.text(alphabet="0123456789-/.T: ", max_size=12))
def test_text_is_a_day_only_in_iso(text):
    cells = read_days(pa.array([text]), Format())

    assert nulls(cells.values)[0] == (
        not re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", text) or bool(cells.faults)
    )
