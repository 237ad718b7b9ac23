"""Sentences from data files: laid out, varied by the turn, and closed to what data say."""

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from agent.languages import codes, language
from agent.planner.wording import templates
from agent.planner.wording.style import Style, seed_of
from agent.planner.wording.templates import _environment, _laid_out, phrase, rendered
from tests.agent.planner.wording.results import RESULTS

STYLE = Style()


def test_lines_are_sentences_lists_stay_lists_and_a_sign_begins_a_paragraph():
    text = "One.\n\nTwo.\n¶\nBy day:\n- Mon\n- Tue\nAfter.\n¶\n¶\nEnd."

    assert _laid_out(text) == "One. Two.\n\nBy day:\n- Mon\n- Tue\nAfter.\n\nEnd."


def test_the_first_phrasing_is_chosen_where_no_turn_is_known():
    assert phrase("manners", "thanks", STYLE) == "You are welcome."


def test_turns_read_differently_and_one_turn_always_alike():
    said = [phrase("manners", "thanks", STYLE.speaking("en", seed)) for seed in range(1, 30)]

    assert len(set(said)) == 3
    assert said == [phrase("manners", "thanks", STYLE.speaking("en", s)) for s in range(1, 30)]


def test_a_turn_is_its_question_and_its_place_in_the_conversation():
    assert seed_of("thanks", 1) == seed_of("thanks", 1)
    assert seed_of("thanks", 1) != seed_of("thanks", 2)


def test_a_value_that_is_not_there_is_an_error_and_no_gap():
    with pytest.raises(UndefinedError):
        rendered("promote", STYLE, {"model": "A_v20260701", "replaced": None})


def test_a_template_reaches_no_insides():
    environment = _environment("en")

    with pytest.raises(SecurityError):
        environment.from_string("{{ ''.__class__.__mro__ }}").render()
    with pytest.raises(SecurityError):
        environment.from_string("{{ found.append(1) }}").render(found=[])


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("tool", sorted(RESULTS))
def test_every_language_has_words_for_every_tool(code, tool):
    assert templates.exists(code, tool)


@pytest.mark.parametrize("code", codes())
def test_every_language_has_the_files_of_english_and_each_can_be_read(code):
    folder = language(code).folder.joinpath("wording")
    names = {one.name for one in folder.iterdir()}

    assert names == {one.name for one in language("en").folder.joinpath("wording").iterdir()}
    for name in sorted(names):
        if name.endswith(".j2"):
            _environment(code).get_template(name)


def test_templates_read_beforehand_are_not_read_again():
    templates.read_all("en")
    before = templates._template.cache_info().misses

    for name in ("forecast", "explain", "optimize_discount.recommendation", "manners"):
        templates._template("en", name)

    assert templates._template.cache_info().misses == before
