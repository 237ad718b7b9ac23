"""Honest answers pass as they are; the same answers made wrong in one place do not."""

import pytest

from agent.grounding import check
from agent.planner.wording import say
from agent.planner.wording.style import Style
from benchmarks.grounding.measuring import Told, false_alarms, honest, survivors
from tests.agent.planner.wording.results import Invented

TOOLS = ("forecast", "sales_history", "what_if", "counterfactual", "explain")
LEAST_KILLED = 0.985


def test_honest_words_of_any_kind_pass():
    assert [(loose, one.answer) for one, loose in false_alarms(honest())] == []


def test_answers_made_wrong_in_one_place_are_found():
    told = [
        Told(say(tool, result, Style(seed=seed)), [{"tool": tool, "result": result}], [])
        for tool in TOOLS
        for seed in range(4)
        for result in (Invented(seed).result(tool),)
    ]
    sound = [one for one in told if not check(one.answer, one.calls, []).ungrounded]

    made, alive = survivors(sound, [])

    assert len(sound) >= len(told) * 0.95
    assert made > 300
    assert 1 - len(alive) / made >= LEAST_KILLED, [f"{one.kind}: {one.what}" for one in alive]


FORECAST = next(one for one in honest() if one.calls[0]["tool"] == "forecast")


@pytest.mark.parametrize(
    "said",
    [
        "Cold Brew Coffee 1L should sell 1,373 units next week.",
        "About 1,253 units (80% range 1,253–1,495).",
        "About 1,373 units (80% range 1,374–1,495).",
        "About 1,373 units (90% range 1,253–1,495).",
        "Revenue of about $1,373 (80% range $1,253–$1,495).",
        "A profit of 1,373% (80% range 1,253–1,495).",
        "The WAPE was 37.9%, about 1,373 units (1,253–1,495).",
        "About 1,373 units (80% range 1,253–1,495), so sales fell.",
        "About 1,373 units (80% range 1,253–1,495) from Jul 7, 2026 to Jul 12, 2026.",
    ],
)
def test_a_right_number_in_a_wrong_place_is_found(said):
    assert check(said, FORECAST.calls, []).ungrounded != ()
