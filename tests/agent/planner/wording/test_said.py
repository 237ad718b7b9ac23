"""What holds for the words of every explanation and every piece of advice."""

import pytest

from agent.grounding import check
from agent.planner.wording import say
from agent.planner.wording.style import Style
from tests.agent.planner.wording import decided, explained

STYLE = Style()
SAID = [*decided.SAID, *explained.SAID]


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_every_figure_said_comes_from_the_result(tool, result):
    text = say(tool, result, STYLE)

    assert check(text, [{"arguments": {}, "result": result}], []).ungrounded == ()


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_nothing_observed_is_said_to_cause(tool, result):
    text = say(tool, result, STYLE).lower()

    assert "caused" not in text
    assert "causes" not in text


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_the_day_the_data_end_is_always_said(tool, result):
    assert "data through Tue, Jun 30, 2026" in say(tool, result, STYLE).replace("Data", "data")
