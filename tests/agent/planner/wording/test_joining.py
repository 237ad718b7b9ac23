"""Several answers as one: what all would say alike is said once."""

from agent.planner.wording.joining import joined

SOURCE = "Data through Sun, Jun 28, 2026, model GradientBoosting_v20260629."


def test_a_sentence_that_two_answers_share_comes_once_at_the_end():
    texts = [f"Bagels at {store}: about 266 units. {SOURCE}" for store in ("Riverside", "Downtown")]

    assert joined(texts) == (
        f"Bagels at Riverside: about 266 units.\n\nBagels at Downtown: about 266 units.\n\n{SOURCE}"
    )


def test_what_only_one_answer_says_stays_in_its_place():
    texts = [
        f"Bagels: 5 units.\n\nIts error was 21.8% of sales (WAPE). {SOURCE}",
        f"Milk: 7 units.\n\nIts error was 9.1% of sales (WAPE). {SOURCE}",
    ]

    assert joined(texts).split("\n\n") == [
        "Bagels: 5 units.",
        "Its error was 21.8% of sales (WAPE).",
        "Milk: 7 units.",
        "Its error was 9.1% of sales (WAPE).",
        SOURCE,
    ]


def test_lists_and_short_verdicts_stay_with_their_answer():
    texts = [f"{name}.\n\n- Mon: 5 units\n\nKeep the current price." for name in ("Bagels", "Milk")]

    assert joined(texts) == "\n\n".join(texts)


def test_one_answer_is_left_as_it_is():
    text = f"Sales at St. Mary: 5 units.\n\n{SOURCE}"

    assert joined([text]) == text
    assert joined([text, text]) == text


def test_a_short_form_ends_no_sentence():
    texts = [f"Sourdough loaves sold today at St. {name}: 5 units." for name in ("Mary", "John")]

    assert joined(texts) == "\n\n".join(texts)
