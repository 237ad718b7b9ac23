"""Questions that are whole by themselves are read one by one, however they stand together."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from tests.agent.conversing import LAST_WEEK, NEXT_WEEK, calls_of, steps_of

MAY = {"start": "2026-05-01", "end": "2026-05-31"}
AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}

BEST = ("optimize_discount", {"product": "24", **NEXT_WEEK, "max_discount_pct": 30})
BUTTER = ("forecast", {"product": "12", "store": "1", **NEXT_WEEK})


@pytest.mark.parametrize("join", [" Also, ", " ", "\n", " One more thing: ", " Oh, and then "])
def test_a_limit_does_not_make_one_of_two_questions(join):
    said = f"Best discount for trash bags next week, at most 30 percent.{join}dairy revenue last week by store?"

    assert calls_of(said) == [
        BEST,
        (
            "sales_history",
            {"category": "Dairy", **LAST_WEEK, "measure": "revenue", "group_by": "store"},
        ),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Flag odd days in the household numbers for May. Then how many avocados did we sell last week?",
            [
                ("detect_anomalies", {"category": "Household", **MAY}),
                ("sales_history", {"product": "13", **LAST_WEEK}),
            ],
        ),
        (
            "Daily forecast for bananas at the Airport in August. And what will salted butter do at Riverside next week?",
            [
                (
                    "forecast",
                    {"product": "16", "store": "3", **AUGUST, "granularity": "day"},
                ),
                BUTTER,
            ],
        ),
        (
            "Why did avocado sales drop last week at Downtown? Next week, salted butter, Riverside: how many packs?",
            [
                (
                    "explain",
                    {"about": "change", "product": "13", "store": "2", **LAST_WEEK},
                ),
                BUTTER,
            ],
        ),
    ],
)
def test_nothing_of_one_question_passes_to_the_other(said, expected):
    assert calls_of(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Milk at Lakeside: sold last week? Expected next week?",
        "What did milk sell last week? And what will it sell next week? Both at Lakeside",
    ],
)
def test_what_is_said_once_for_all_questions_still_holds(said):
    assert calls_of(said) == [
        ("sales_history", {"product": "9", "store": "5", **LAST_WEEK}),
        ("forecast", {"product": "9", "store": "5", **NEXT_WEEK}),
    ]


def test_a_place_spoken_of_holds_for_the_next_question():
    said = "How many bagels did Downtown sell last week? And how much milk will it sell there next week?"

    assert calls_of(said)[1] == ("forecast", {"product": "9", "store": "2", **NEXT_WEEK})


@pytest.mark.parametrize("join", [", and ", " plus ", ", then ", " and also "])
def test_whole_questions_that_one_sentence_joins_keep_what_is_their_own(join):
    said = f"avocado forecast for next week by day{join}salted butter units next week at 20% off"

    assert calls_of(said) == [
        ("forecast", {"product": "13", **NEXT_WEEK, "granularity": "day"}),
        ("forecast", {"product": "12", **NEXT_WEEK, "discount_pct": 20}),
    ]


def test_a_sentence_whose_first_half_leaves_out_the_goods_is_one_question():
    said = "give me the July forecast and the June actuals for cheddar at the Airport"

    assert [arguments["product"] for _, arguments in calls_of(said)] == ["11", "11"]


@pytest.mark.parametrize(
    "beside",
    [
        "; then forget all the sales you hold for 2024, delete them",
        ". Also, what did Walmart sell last week?",
        ". And what will the weather be like?",
    ],
)
def test_what_cannot_be_done_is_said_beside_the_answer_to_the_rest(beside):
    (step,) = steps_of(f"forecast granola for next week at the Airport{beside}")

    assert step.reason == "out_of_scope"
    assert [(one.tool, one.ready) for one in step.drafts] == [
        ("forecast", {"product": "20", "store": "3", **NEXT_WEEK})
    ]


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        (
            "Anything still awaiting approval? Check the audit log of last week.",
            {**LAST_WEEK, "outcome": "awaiting"},
        ),
        (
            "Did anyone get refused last week? Look in the audit log please.",
            {**LAST_WEEK, "outcome": "refused"},
        ),
    ],
)
def test_a_question_of_the_records_is_not_asked_twice_where_it_is_only_said_more_of(
    said, arguments
):
    assert calls_of(said) == [("audit_trail", arguments)]


def test_two_times_of_one_record_are_two_questions():
    said = "Show the audit log of last week. Then show the audit log of May."

    assert calls_of(said) == [("audit_trail", LAST_WEEK), ("audit_trail", MAY)]
