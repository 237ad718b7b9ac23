"""Which language a turn is in, and that its phrasings are its own."""

from dataclasses import replace

from agent.languages import language
from agent.planner.turns import in_turn
from agent.planner.wording.style import Style
from tests.agent.conversing import HARBOR_CONTEXT

IN_GERMANY = replace(HARBOR_CONTEXT, style=Style("EUR", "de-DE"))
GERMAN = "Wie viele Croissants verkaufen wir nächste Woche?"
ENGLISH = "How many croissants will we sell next week?"


def language_of(*said, context=HARBOR_CONTEXT):
    turn = in_turn(context, said)
    assert turn.style.language == turn.language.code
    return turn.language.code


def test_a_message_is_answered_in_its_own_language():
    assert language_of(ENGLISH) == "en"
    assert language_of(GERMAN) == "de"
    assert language_of(GERMAN, ENGLISH) == "en"


def test_a_message_that_tells_no_language_is_in_that_of_the_conversation():
    assert language_of(GERMAN, "Riverside?") == "de"


def test_a_conversation_that_tells_none_is_in_that_of_the_tenants_locale():
    assert language_of("Riverside?", context=IN_GERMANY) == "de"
    assert language_of("Riverside?") == "en"


def test_a_locale_of_another_language_is_english():
    finnish = replace(HARBOR_CONTEXT, style=Style("EUR", "fi-FI"))

    assert language_of("Riverside?", context=finnish) == "en"


def test_the_same_question_is_phrased_anew_later_in_the_conversation():
    first, again = in_turn(HARBOR_CONTEXT, [ENGLISH]), in_turn(HARBOR_CONTEXT, [ENGLISH, ENGLISH])

    assert first.style.seed != again.style.seed
    assert first == in_turn(HARBOR_CONTEXT, [ENGLISH])


def test_bare_thanks_drop_nothing():
    for code, words in (("en", ("thanks!", "thanks, please")), ("de", ("danke", "Danke!"))):
        refused = language(code).patterns("following")["no"]

        assert [text for text in words if refused.search(text)] == []
        assert refused.search({"en": "no thanks", "de": "nein danke"}[code])
