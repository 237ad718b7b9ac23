"""Figures must come from results, with their unit and in their slot."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.grounding import check
from agent.grounding.lexicon import lexicon
from agent.grounding.reading import written
from agent.planner.wording import say
from agent.planner.wording.style import Style

RESULT = {
    "product": {"id": "3", "name": "Sparkling Water 6-pack"},
    "unit": "units",
    "mean": 312.4,
    "lower": 270.2,
    "upper": 355.1,
    "level": 80,
    "wape_pct": 12.5,
    "change_pct": -4.2,
    "revenue": {
        "unit": "USD",
        "planned": 2345.6,
        "gain": 2290.0,
        "gain_lower": 2000.0,
        "gain_upper": 2600.0,
    },
    "price": 5.49,
    "prices": {"unit": "USD per unit", "planned": 4.99},
    "p95_ms": 41.0,
    "coverage_80_pct": 83.0,
    "series": 5,
    "start": "2026-07-06",
    "end": "2026-07-12",
    "cutoff": "2026-06-30",
    "model": "GradientBoosting_v20260630",
    "expires_at": "2026-07-01T12:30:00+00:00",
    "notes": ["No promotion is planned after 19 July."],
}  # fmt: skip
CALLS = [{"tool": "forecast", "arguments": {"product": "3"}, "result": RESULT}]


def loose(answer, words=()):
    return list(check(answer, CALLS, words, "2026-07-01").ungrounded)


@pytest.mark.parametrize(
    "answer",
    [
        "About 312 units (80% range 270–355).",
        "312.4 units, at least 270 units and at most 355.",
        "312 units, from 270 to 355 units.",
        "Sales fall by 4.2%.",
        "Sales change by −4.2%.",
        "A gain of $2.3K, range $2,000–$2,600.",
        "Revenue of $2,346 as planned.",
        "At $4.99 each as planned.",
        "WAPE 12.5%.",
        "41 ms at the 95th percentile, 83% inside the 80% range.",
        "Sparkling Water 6-pack, Mon, Jul 6, 2026 to Sun, Jul 12, 2026.",
        "Mon 6 Jul 2026 to 2026-07-12, data through June 30.",
        "GradientBoosting_v20260630 waits until 12:30.",
        "No promotion is planned after 19 July.",
        "5 series, today is Wed, Jul 1, 2026.",
        "No figures at all.",
    ],
)
def test_what_a_result_holds_may_be_said(answer):
    assert loose(answer) == []


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("About 313 units.", ["313 units"]),
        ("About 312%.", ["312%"]),
        ("About $312.", ["$312"]),
        ("About $270.", ["$270"]),
        ("About 270 units.", ["270 units"]),
        ("Range 270–356.", ["356"]),
        ("Range 270–2,600.", ["2,600"]),
        ("Sales rise by +4.2%.", ["+4.2%"]),
        ("WAPE 80%.", ["80%"]),
        ("2,346 units.", ["2,346 units"]),
        ("A gain of $2.4K.", ["$2.4K"]),
        ("On Jul 7, 2026.", ["Jul 7, 2026"]),
        ("In August 2026.", ["August 2026"]),
        ("GradientBoosting_v20260701.", ["GradientBoosting_v20260701"]),
        ("Until 13:30.", ["13:30"]),
        ("Sales double.", ["double"]),
        ("About three hundred units.", ["three hundred units"]),
        ("See AP-3.", ["AP-3"]),
    ],
)
def test_what_no_result_holds_is_found(answer, wrong):
    assert loose(answer) == wrong


def test_the_persons_own_words_may_be_repeated():
    assert loose("At 15% off and 500 units.", ["what if 15% off gives 500 units?"]) == []
    assert loose("At 16% off.", ["what if 15% off gives 500 units?"]) == ["16%"]


def test_a_result_of_no_call_grounds_nothing():
    assert check("312 units", [], [], "").ungrounded == ("312 units",)


def forecast_of(mean, width, level, wape):
    return {
        "product": {"id": "1", "name": "Cold Brew 1L"},
        "store": None,
        "category": None,
        "start": "2026-07-06",
        "end": "2026-07-12",
        "unit": "units",
        "level": level,
        "discount_pct": None,
        "granularity": "total",
        "mean": mean,
        "lower": mean - width,
        "upper": mean + width,
        "points": [],
        "series": 5,
        "wape_pct": wape,
        "naive_wape_pct": wape * 1.7,
        "cutoff": "2026-06-30",
        "model": "GradientBoosting_v20260630",
        "notes": [],
    }


figures = st.builds(
    forecast_of,
    st.floats(500, 99_999),
    st.floats(20, 400),
    st.integers(50, 99),
    st.floats(1.0, 90.0),
)


@given(figures)
def test_an_honest_answer_is_always_grounded(result):
    told = check(say("forecast", result, Style()), [{"arguments": {}, "result": result}], [], "")

    assert told.ungrounded == ()
    assert told.checked > 5


@given(figures, st.integers(0, 200), st.integers(1, 8))
def test_a_changed_digit_is_caught(result, place, step):
    answer = say("forecast", result, Style())
    stated = written(answer.replace("Cold Brew 1L", "x" * 12), lexicon("en")).figures
    figure = stated[place % len(stated)]
    digits = [n for n in range(figure.start, figure.end) if answer[n].isdigit()]
    at = digits[0]
    changed = str((int(answer[at]) + step) % 10)
    mutated = answer[:at] + changed + answer[at + 1 :]
    now = next(
        (
            f
            for f in written(mutated.replace("Cold Brew 1L", "x" * 12), lexicon("en")).figures
            if f.start == figure.start
        ),
        None,
    )
    assume(now is not None and now.value != figure.value)
    held = [value for value in result.values() if isinstance(value, int | float)]
    assume(all(abs(value - now.value) > now.step for value in held))

    told = check(mutated, [{"arguments": {}, "result": result}], [], "")

    assert told.ungrounded != ()


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(text):
    check(text, CALLS, [text], "")
    assert loose(text, [text]) == []


def test_a_name_that_is_a_bare_number_hides_no_figure():
    call = {
        "tool": "forecast",
        "arguments": {"product": "1"},
        "result": {"product": {"id": "1", "name": "1"}, "unit": "units", "mean": 121.0},
    }

    assert check("1: about 121 units.", [call], []).ungrounded == ()
    assert check("1: about 122 units.", [call], []).ungrounded == ("122 units",)


def test_the_id_of_an_item_vouches_for_no_figure():
    call = {
        "tool": "forecast",
        "arguments": {"product": "7"},
        "result": {"product": {"id": "7", "name": "Tea"}, "unit": "units", "mean": 121.0},
    }

    assert check("Tea: 121 units, up 7%.", [call], []).ungrounded == ("7%",)
