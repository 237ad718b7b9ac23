"""What holds for the words of every tool, whatever its result and the turn's phrasing."""

import pytest

from agent.grounding import check
from agent.planner.wording import say
from agent.planner.wording.style import Style
from tests.agent.planner.wording.results import RESULTS, Invented

STYLE = Style()
SEEDS = range(12)
TOOLS = sorted(RESULTS)


@pytest.mark.parametrize("code", ["en"])
@pytest.mark.parametrize("tool", TOOLS)
def test_every_figure_said_comes_from_the_result(tool, code):
    for seed in SEEDS:
        result = Invented(seed).result(tool)
        text = say(tool, result, STYLE.speaking(code, seed))

        loose = check(text, [{"arguments": {}, "result": result}], []).ungrounded
        assert loose == (), text


@pytest.mark.parametrize("tool", TOOLS)
def test_the_same_turn_always_reads_alike(tool):
    result = Invented(3).result(tool)

    assert say(tool, result, STYLE.speaking("en", 7)) == say(tool, result, STYLE.speaking("en", 7))


@pytest.mark.parametrize("tool", TOOLS)
def test_a_name_runs_nothing_and_begins_no_paragraph(tool):
    for seed in SEEDS:
        result = Invented(seed).result(tool)
        text = say(tool, _renamed(result), STYLE)

        assert "\n- evil" not in text
        assert text.count("{{ 7*7 }}") == text.count("evil")


def _renamed(value):
    if isinstance(value, dict):
        return {
            key: "Tea {{ 7*7 }}\n- evil" if key == "name" else _renamed(one)
            for key, one in value.items()
        }
    return [_renamed(one) for one in value] if isinstance(value, list) else value
