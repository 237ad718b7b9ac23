"""Names and ids people use, resolved against Harbor's catalogue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import NeedsDetail, UnknownItem
from tests.tools.harbor import HARBOR
from tools.catalogue import NamedItem, NamedStore, Status, Vocabulary, find, mentions, resolve

PRODUCTS = {item.id: item.name for item in HARBOR.products}


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("1", "1"),
        (" 1 ", "1"),
        ("product 1", "1"),
        ("SKU 7", "7"),
        ("#3", "3"),
        ("item no. 4", "4"),
        ("Cold Brew Coffee 1L", "1"),
        ("cold brew coffee 1l", "1"),
        ("cold brews", "1"),
        ("coldbrew", "1"),
        ("brew", "1"),
        ("the coffee", "1"),
        ("OJ", None),
        ("orange juice", "2"),
        ("orange juice 1 L", "2"),
        ("sparkling water", "3"),
        ("green tea", "4"),
        ("sourdough", "5"),
        ("loaf", "5"),
        ("loaves", "5"),
        ("croissants", "6"),
        ("4-pack", "6"),
        ("four pack", "6"),
        ("crossiant", "6"),
        ("bagels", "7"),
        ("bagle", "7"),
        ("muffins", "8"),
        ("milk", "9"),
        ("whole milk", "9"),
        ("yoghurt", "10"),
        ("yogurts", "10"),
        ("cheddar", "11"),
        ("salted butter", "12"),
        ("avocados", "13"),
        ("avacado", "13"),
        ("avo", "13"),
        ("strawberry", "14"),
        ("strawberrys", "14"),
        ("spinach", "15"),
        ("bannanas", "16"),
        ("chips", "17"),
        ("chocolate", "18"),
        ("almonds", "19"),
        ("granola", "20"),
        ("paper towels", "21"),
        ("detergant", "22"),
        ("dish soap", "23"),
        ("trash bags", "24"),
        ("30 pack", "24"),
    ],
)
def test_a_product_is_known_by_id_name_word_plural_beginning_or_close_spelling(said, id_):
    match = find(said, "product", HARBOR)

    assert (match.ids if match.status is Status.EXACT else ()) == ((id_,) if id_ else ())


@pytest.mark.parametrize(
    ("said", "choices"),
    [
        ("butter", {"6", "12"}),
        ("6-pack", {"3", "20"}),
        ("six packs", {"3", "20"}),
        ("bars", {"18", "20"}),
        ("whole", {"7", "9"}),
        ("2L", {"9", "22"}),
        ("bag", {"24"}),
    ],
)
def test_a_word_that_several_items_share_is_ambiguous(said, choices):
    assert set(find(said, "product", HARBOR).ids) == choices


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("oat milk", "Whole Milk 2L"),
        ("almond milk", "Whole Milk 2L"),
        ("orange juice 2L", "Orange Juice 1L"),
        ("unsalted butter", "Salted Butter 250g"),
        ("blueberry bagels", "Whole Wheat Bagels"),
        ("green milk", "Green Tea 500ml"),
    ],
)
def test_a_qualifier_that_contradicts_every_name_makes_the_item_unknown(said, nearest):
    with pytest.raises(UnknownItem) as unknown:
        resolve(said, "product", HARBOR)

    assert nearest in unknown.value.nearest
    assert repr(said) in str(unknown.value)


@pytest.mark.parametrize("said", ["product 99", "99", "-1", "0", "1.0", "01", "ice cream", "🍌"])
def test_an_id_or_name_that_nothing_has_is_unknown(said):
    with pytest.raises(UnknownItem):
        resolve(said, "product", HARBOR)


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("Riverside", "1"),
        ("Riversde", "1"),
        ("riverside store", "1"),
        ("downtown", "2"),
        ("the airport", "3"),
        ("hill crest", "4"),
        ("the lake", "5"),
        ("store 5", "5"),
        ("5", "5"),
    ],
)
def test_a_store_is_known_by_id_name_or_a_word_of_it(said, id_):
    assert resolve(said, "store", HARBOR) == id_


@pytest.mark.parametrize(
    ("said", "names"),
    [("north", {"Hillcrest", "Lakeside"}), ("express stores", {"Downtown", "Airport"})],
)
def test_a_region_or_format_given_as_a_store_names_its_stores(said, names):
    with pytest.raises(NeedsDetail) as asked:
        resolve(said, "store", HARBOR)

    assert set(asked.value.choices) == names
    assert asked.value.asks_for == ("store",)


def test_an_ambiguous_name_asks_with_the_choices():
    with pytest.raises(NeedsDetail) as asked:
        resolve("butter", "product", HARBOR)

    assert asked.value.asks_for == ("product",)
    assert asked.value.choices == ("Butter Croissant 4-pack", "Salted Butter 250g")


@pytest.mark.parametrize("said", ["dairy", "DAIRY", "the dairy category", "dairies"])
def test_a_category_is_resolved_to_the_catalogues_own_word(said):
    assert resolve(said, "category", HARBOR) == "Dairy"


def test_only_the_catalogues_own_words_are_categories():
    with pytest.raises(UnknownItem):
        resolve("drinks", "category", HARBOR)


def test_a_category_given_as_a_product_is_told_where_it_belongs():
    with pytest.raises(UnknownItem, match="give it as `category`"):
        resolve("dairy", "product", HARBOR)


@pytest.mark.parametrize("said", [None, "all", "any", ""])
def test_left_out_or_all_means_all(said):
    assert resolve(said, "product", HARBOR) is None


def test_an_id_comes_before_any_name():
    vocabulary = Vocabulary(products=(NamedItem("7", "Tent 2"), NamedItem("2", "Tent 7")))

    assert resolve("2", "product", vocabulary) == "2"
    assert resolve("all", "product", Vocabulary(products=(NamedItem("all", "all"),))) == "all"


def test_an_exact_name_comes_before_longer_names_with_the_same_words():
    vocabulary = Vocabulary(products=(NamedItem("a", "Tea"), NamedItem("b", "Tea Green")))

    assert resolve("teas", "product", vocabulary) == "a"
    assert resolve("tea", "product", vocabulary) == "a"


def test_two_items_of_one_name_are_ambiguous_never_guessed():
    vocabulary = Vocabulary(products=(NamedItem("a", "Tea"), NamedItem("b", "Tea")))

    assert find("tea", "product", vocabulary).status is Status.AMBIGUOUS


@given(st.sampled_from(HARBOR.products), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_every_id_and_name_in_any_case_finds_its_own_item(item, write):
    assert resolve(item.id, "product", HARBOR) == item.id
    assert resolve(write(item.name), "product", HARBOR) == item.id


@given(st.text(max_size=60))
def test_any_text_resolves_to_an_id_or_one_of_two_refusals(text):
    for kind, known in (("product", PRODUCTS), ("store", {s.id for s in HARBOR.stores})):
        try:
            found = resolve(text, kind, HARBOR)
        except (NeedsDetail, UnknownItem):
            continue
        assert found is None or found in known


@given(st.text(max_size=30))
def test_an_empty_catalogue_knows_nothing(text):
    assert find(text, "product", Vocabulary()).status is Status.UNKNOWN


@pytest.mark.parametrize("said", ["all", "alle", "Everything", "none", ""])
def test_all_of_them_is_no_name_in_any_language(said):
    assert resolve(said, "product", HARBOR) is None


@pytest.mark.parametrize("said", ["die Filiale Riverside", "the Riverside store", "Filiale 1"])
def test_words_beside_a_name_name_nothing_in_any_language(said):
    assert resolve(said, "store", HARBOR) == "1"


def test_stores_known_by_number_do_not_make_every_store_an_answer_to_the_word_store():
    vocabulary = Vocabulary(
        stores=tuple(NamedStore(str(n), f"Store {n}", "", "") for n in range(1, 4))
    )

    assert mentions("which stores sold most last week?", vocabulary) == []
    assert [one.ids for one in mentions("forecast store 2", vocabulary)] == [("2",)]
