from datetime import date

import pytest

from agent.planner.entities import read_names
from tests.tools.harbor import HARBOR
from tools.catalogue import NamedItem, NamedStore, Vocabulary

CAMPING = Vocabulary(
    products=(NamedItem("1", "Ridgeline 2-Person Tent", "Camping"),),
    stores=(NamedStore("2", "Old Mill", "North", "outlet"),),
    categories=("Camping",),
    cutoff=date(2026, 6, 28),
    first=date(2023, 7, 2),
)


def things(sentence):
    return read_names(sentence, HARBOR).within(0, len(sentence)).things


@pytest.mark.parametrize(
    "sentence", ["forecast cold brw at Riversde next week", "forecast cold brw at Riverside"]
)
def test_a_product_misspelt_beyond_recognition_is_not_dropped_for_the_whole_store(sentence):
    assert things(sentence) == (("product", "brw"),)


def test_words_said_in_passing_beside_a_known_item_name_nothing():
    assert things("I would appreciate a forecast for milk at Riverside") == (("product", "9"),)


@pytest.mark.parametrize(
    "sentence", ["restrict it to Riverside", "kidding :) revenue by category at Riverside?"]
)
def test_a_verb_is_not_the_name_of_goods_nobody_sells(sentence):
    assert things(sentence) == ()


@pytest.mark.parametrize("ware", ["bread", "pizza"])
def test_goods_that_nobody_sells_are_not_dropped_for_all_that_is_sold(ware):
    assert things(f"forecast for the {ware} next week") == (("product", ware),)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("why did the milk dip on Saturday", "9"),
        ("explain the milk dip last week", "9"),
        ("how many milk dips did we sell", "milk dips"),
    ],
)
def test_how_sales_moved_is_no_part_of_a_name(sentence, named):
    assert things(sentence) == (("product", named),)


@pytest.mark.parametrize("goods", ["bananas", "coffee", "chips", "milk"])
def test_goods_that_only_another_shop_sells_are_not_dropped(goods):
    named = read_names(f"forecast for {goods} at Old Mill next week", CAMPING)
    assert named.within(0, len(named.sentence)).things == (("product", goods),)


@pytest.mark.parametrize(
    ("sentence", "ware"),
    [
        ("how much cold brew did Old Mill sell last week", "brew"),
        ("how many fresh muffins did Old Mill sell", "muffins"),
    ],
)
def test_goods_named_with_how_they_are_are_not_dropped_beside_a_store(sentence, ware):
    named = read_names(sentence, CAMPING).within(0, len(sentence))
    assert dict(named.things)["product"].endswith(ware)


def test_a_shop_that_only_another_company_has_is_not_dropped():
    named = read_names("how many tents will Riverside sell next week", CAMPING)
    assert [named.sentence[at:end] for at, end in named.unknown] == ["Riverside"]


def test_another_company_is_no_store_whose_name_is_like_it():
    sentence = "what did Riversyde Market sell, and what did Riversyde?"

    stores = read_names(sentence, HARBOR).within(0, len(sentence)).stores

    assert stores == ("1",)
    assert not read_names("what did Riversyde Market sell", HARBOR).found
