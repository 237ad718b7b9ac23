"""What free sentences name, in Harbor's catalogue."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.harbor import HARBOR
from tools.catalogue import (
    NamedItem,
    NamedStore,
    Status,
    Vocabulary,
    find,
    mentions,
    strangers,
    without,
)


def named(sentence, vocabulary=HARBOR):
    """Return `kind:ids` of each mention, with ? for ambiguous and ! for unknown."""
    mark = {Status.EXACT: "", Status.AMBIGUOUS: "?", Status.UNKNOWN: "!"}
    return [f"{m.kind}:{','.join(m.ids)}{mark[m.status]}" for m in mentions(sentence, vocabulary)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("How many cold brews will Riverside sell next week?", ["product:1", "store:1"]),
        ("and downtown?", ["store:2"]),
        ("Optimize discount for product 1 for next week", ["product:1"]),
        ("forecast oat milk at the lake", ["product:9!", "store:5"]),
        # Two whole names side by side are two; ids end where a range of days begins.
        ("paper towels trash bags", ["product:21", "product:24"]),
        ("product 10, store 5, 13 to 19 July", ["product:10", "store:5"]),
        ("product 10, store 4, 5-7 July", ["product:10", "store:4"]),
        ("yogurts and butter tomorrow", ["product:10", "product:6,12?"]),
        ("how are 6-packs doing", ["product:3,20?"]),
        ("the six pack of sparkling water", ["product:3"]),
        ("how many packs of bananas, bars of cheddar", ["product:16", "product:11"]),
        ("product twelve at store four", ["product:12", "store:4"]),
        ("milk chocolate sales", ["product:9,18!"]),
        ("chocolate croissants", ["product:6,18!"]),
        ("unsalted butter", ["product:6,12!"]),
        ("gluten-free bagels", ["product:7!"]),
        ("low-fat yogurt", ["product:10!"]),
        ("banana bread", ["product:16!"]),
        ("orange juice 2L", ["product:2,9,22!"]),
        ("orange juice 1 L", ["product:2"]),
        ("Orange Juice 1L Greek Yogurt 500g", ["product:2", "product:10"]),
        ("dark chocolate bars vs granola bars", ["product:18", "product:20"]),
        ("bars of granola", ["product:20"]),
        ("bar chart of chips", ["product:17"]),
        ("non-dairy sales", ["category:Dairy!"]),
        ("top 3 products in Dairy last month", ["category:Dairy"]),
        ("dairy and snacks revenue by store", ["category:Dairy", "category:Snacks"]),
        ("Produce a forecast for produce in the north", ["category:Produce", "region:4,5"]),
        ("express stores against hypermarkets", ["format:2,3", "format:5"]),
        ("Riverside's bagels", ["store:1", "product:7"]),
        ("bannanas at Riversde", ["product:16", "store:1"]),
        ("Hass avocado Downtown Friday", ["product:13", "store:2"]),
        ("products 1, 2 and 5", ["product:1", "product:2", "product:5"]),
        ("product 2 at stores 1 and 3", ["product:2", "store:1", "store:3"]),
        ("#3 for store 2 for 10 days", ["product:3", "store:2"]),
        ("SKU 7 at 10% off", ["product:7"]),
        ("item no. 4", ["product:4"]),
        ("should we reorder bananas", ["product:16"]),
        ("salted chips against salted butter", ["product:17", "product:12"]),
        ("product 99", ["product:!"]),
        ("store 9", ["store:!"]),
        ("product 1 and 10% off", ["product:1"]),
        ("all stores with a 90-% interval", []),
        ("the best products? Three will do", []),
    ],
)  # fmt: skip
def test_a_sentence_names(sentence, found):
    assert named(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "what if we discount it by 10%?",
        "why did Saturday collapse?",
        "the whole week",
        "sales are down, what happened?",
        "retrain and promote it if it is better",
        "top 3 products",
        "how good is the model now?",
        "show me the audit trail of manager1",
        "stores 5 days ahead",
        "is it a cold week",
        "",
        "    ",
        "👍",
    ],
)
def test_a_sentence_that_names_nothing(sentence):
    assert named(sentence) == []


def test_a_mention_says_where_it_stands_and_what_it_means():
    (found,) = mentions("sell the Cold Brews!", HARBOR)

    assert (found.text, found.start, found.end) == ("Cold Brews", 9, 19)
    assert found.names == ("Cold Brew Coffee 1L",)


def test_a_sentence_without_its_mentions_keeps_its_length_up_to_the_last_word():
    sentence = "product 7 at Riverside for 7 days"

    assert without(sentence, mentions(sentence, HARBOR)) == "          at           for 7 days"


def test_words_that_name_nothing_known_are_strangers():
    assert strangers("forecast ice cream for next week at Riverside", HARBOR) == [(9, 18)]
    assert strangers("How many cold brews will we sell tomorow?", HARBOR) == []


def test_ids_with_letters_and_digits_need_no_word_before_them():
    vocabulary = Vocabulary(products=(NamedItem("SKU-0042", "Lamp"), NamedItem("A7", "Rope")))

    assert named("sell sku-0042 and A7 tomorrow", vocabulary) == ["product:SKU-0042", "product:A7"]


def test_a_name_shared_by_a_product_and_a_store_is_a_store_after_at():
    vocabulary = Vocabulary(
        products=(NamedItem("1", "Harbour"),), stores=(NamedStore("9", "Harbour"),)
    )

    assert named("sales at Harbour", vocabulary) == ["store:9"]
    assert named("more Harbour please", vocabulary) == ["product:1"]


def test_the_only_product_of_a_dataset_without_products_is_not_the_word_all():
    vocabulary = Vocabulary(products=(NamedItem("all", "all"),), stores=(NamedStore("1", "1"),))

    assert named("forecast all of it", vocabulary) == []
    assert named("forecast store 1", vocabulary) == ["store:1"]


@given(st.sampled_from(HARBOR.products), st.sampled_from(HARBOR.stores))
def test_every_name_is_found_whole_in_a_sentence(item, store):
    sentence = f"How much {item.name} will {store.name} sell next week?"

    assert named(sentence) == [f"product:{item.id}", f"store:{store.id}"]


@given(st.text(max_size=120))
def test_mentions_are_ordered_parts_of_the_sentence_that_do_not_overlap(sentence):
    found = mentions(sentence, HARBOR)

    assert all(sentence[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_what_else_a_product_is_called_names_it():
    milk = NamedItem("9", "Whole Milk 2L", aliases=("milky", "big milk", "the white stuff"))
    vocabulary = Vocabulary(products=(milk, NamedItem("2", "Oat Milk"), NamedItem("3", "Stuff")))

    for said in ("milky", "milkies", "big milk", "Big Milks", "the white stuff"):
        assert named(f"how many {said} did we sell yesterday", vocabulary) == ["product:9"], said
    assert find("Milky", "product", vocabulary).names == ("Whole Milk 2L",)


def test_a_category_may_be_called_by_a_word_that_resembles_an_ordinary_one():
    vocabulary = Vocabulary(
        products=(NamedItem("1", "Trekking Poles", "Hiking"),), categories=("Hiking",)
    )
    assert named("revenue of the hiking category", vocabulary) == ["category:Hiking"]
    assert named("what about hiking the price", vocabulary) == []
