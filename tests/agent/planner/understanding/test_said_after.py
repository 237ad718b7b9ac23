"""What a mail says after its question: how to show the answer, or nothing that matters."""

# ruff: noqa: E501 - a table reads best with one message a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

GERMAN = replace(HARBOR_CONTEXT, language=language("de"))
MILK_BY_DAY = [("forecast", {"product": "9", **NEXT_WEEK, "granularity": "day"})]
MILK = [("forecast", {"product": "9", **NEXT_WEEK})]


@pytest.mark.parametrize(
    "how",
    [
        "Per day would be perfect, as the crates are agreed on every evening anyway.",
        "Yes, all of it, and please give me each day on its own because Sunday's crew is another one.",
        "Day by day please, since the drivers are never the same two days in a row.",
        "A daily figure would do nicely so that we can tell the two crews when to come.",
    ],
)
def test_how_to_show_it_is_heard_however_long_the_reason_for_it(how):
    said = f"How much milk will all the stores sell next week? {how}"

    assert calls_of("It has been a long month and nobody complains. " + said) == MILK_BY_DAY


def test_how_to_show_it_is_heard_in_german_however_long_the_reason_for_it():
    said = (
        "Der Monat war lang, und keiner hat sich beschwert. Wie viel Milch verkaufen alle Läden"
        " nächste Woche? Pro Tag wäre prima, weil sonntags immer andere Leute da sind als sonst."
    )

    assert calls_of(said, context=GERMAN) == MILK_BY_DAY


@pytest.mark.parametrize(
    "remark",
    [
        "Bananas were fine by the way.",
        "The cheese plan held up.",
    ],
)
def test_a_remark_after_the_question_is_no_part_of_it(remark):
    said = f"We sat together for two hours. How much milk will we sell next week? {remark}"

    assert calls_of(said) == MILK


def test_a_wish_that_nobody_can_grant_is_no_question():
    said = (
        "We sat together for two hours. How much milk did the shops sell last week, one line per"
        " shop? I have a theory about Hillcrest and I'd like to be wrong."
    )

    assert calls_of(said) == [("sales_history", {"product": "9", **LAST_WEEK, "group_by": "store"})]


def test_an_order_that_begins_as_a_remark_does_is_still_one():
    said = "We sat together for two hours. I would love to be able to see milk sales for last week."

    assert calls_of(said) == [("sales_history", {"product": "9", **LAST_WEEK})]


@pytest.mark.parametrize(
    ("said", "product"),
    [
        ("There is a bet about the dark chocolate, and I am the referee. How many bars did Lakeside sell last week?", "18"),
        ("Spinach is a diva, one warm day and it is soup, ask anybody. How many packs did Lakeside sell last week?", "15"),
        ("The almond man will be waiting for me at the station at noon. How many packs did Lakeside sell last week?", "19"),
        ("Butter. I could talk all day about it, but you have other things to do. How much of the salted butter did Lakeside sell last week?", "12"),
    ],
)  # fmt: skip
def test_goods_that_are_only_counted_are_those_the_mail_is_about(said, product):
    assert calls_of(said) == [("sales_history", {"product": product, "store": "5", **LAST_WEEK})]


@pytest.mark.parametrize(
    "said",
    [
        "We sat together for two hours, and it rained. How many bars did Lakeside sell last week?",
        "We sat together for two hours, and it rained. How much butter did Lakeside sell last week?",
    ],
)
def test_goods_of_several_kinds_are_still_asked_about(said):
    (step,) = steps_of(said)

    assert step.asks_for == ("product",)


def test_people_who_want_goods_do_not_hide_them():
    said = "The new cook asked me how many croissants people will want next week."

    assert calls_of(said) == [("forecast", {"product": "6", **NEXT_WEEK})]
