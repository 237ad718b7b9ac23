"""Which of a tenant's many names are looked at for one answer."""

from agent.grounding.naming import AllNames

NAMES = AllNames(
    (
        ("product", "1", "Whole Milk 2L"),
        ("product", "2", "Oat Milk"),
        ("product", "3", "Dark Chocolate"),
        ("store", "4", "Lakeside"),
    )
)


def test_only_names_that_share_a_word_with_an_answer_are_looked_at():
    shared = NAMES.sharing_a_word("Milks sold 40 units at lakeside's counter, 5% more.")

    assert [name for _kind, _key, name in shared] == ["Whole Milk 2L", "Oat Milk", "Lakeside"]


def test_ids_are_known_whatever_an_answer_says():
    assert ("product", "3") in NAMES.ids
