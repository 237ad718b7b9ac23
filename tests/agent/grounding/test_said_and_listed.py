"""What a question back repeats, and the names and pairs that results list."""

from agent.grounding import check

TODAY = "2026-07-01"
STORES = (("store", "2", "Downtown"), ("store", "3", "Airport"))


def loose(answer, result=None, asked=(), names=()):
    calls = [] if result is None else [{"tool": "any", "arguments": {}, "result": result}]
    return list(check(answer, calls, asked, TODAY, names).ungrounded)


def test_who_asks_back_may_repeat_the_days_that_do_not_fit():
    asked = ["revenue of Dairy from 12 to 2 June"]

    assert loose("12 to 2 starts after it ends. Which days do you mean?", asked=asked) == []


def test_a_number_of_the_person_beside_other_words_is_not_repeated():
    asked = ["revenue of Dairy from 12 to 2 June"]

    assert loose("That makes 12 products.", {"cutoff": "2026-06-30"}, asked) == ["12"]


def test_stores_that_a_test_of_a_price_is_for_may_be_named():
    test = {
        "test": {
            "stores": [{"id": "2", "name": "Downtown"}],
            "other_stores": [{"id": "3", "name": "Airport"}],
            "discount_pct": 15.0,
        }
    }

    assert loose("Try 15% off at Downtown, and none at Airport.", test, names=STORES) == []


def test_stores_that_a_refusal_names_may_be_named():
    told = {"error": "A test would tell: 10% off at Downtown, as planned at Airport."}

    assert loose("Ein Versuch: 10% in Downtown, nach Plan in Airport.", told, names=STORES) == []


def test_a_store_that_nothing_names_may_not_be_named():
    told = {"error": "A test would tell: 10% off at Downtown."}

    assert loose("Try 10% off at Airport.", told, names=STORES) == ["Airport"]


def test_two_figures_of_one_kind_are_no_range():
    windows = {
        "bias_a_pct": 0.6,
        "bias_b_pct": 0.95,
        "gain_pct": 0.3,
        "gain_lower_pct": -0.3,
        "gain_upper_pct": 0.86,
    }

    assert loose("Bias was +0.6% and +1%.", {"same_windows": windows}) == []


def test_down_is_a_direction_also_where_a_product_is_called_so():
    sold = {
        "product": {"id": "2", "name": "Down Sleeping Bag"},
        "unit": "units",
        "value": 117.0,
        "change_pct": -25.3,
        "previous": 156.7,
    }

    assert loose("Down Sleeping Bag sold 117 units, down 25.3% on the 157 units.", sold) == []
    assert loose("Down Sleeping Bag sold 117 units, up 25.3% on the 157 units.", sold) == ["25.3%"]


def test_figures_of_two_models_are_not_interchanged():
    compared = {
        "model_a": {"id": "Trees_v20260701.2", "stage": "staging"},
        "model_b": {"id": "Trees_v20260701", "stage": "production"},
        "same_windows": {"bias_a_pct": 1.6, "bias_b_pct": 0.8},
    }
    right = "Bias was +1.6% for Trees_v20260701.2 and +0.8% for Trees_v20260701."
    wrong = "Bias was +0.8% for Trees_v20260701.2 and +1.6% for Trees_v20260701."

    assert loose(right, compared) == []
    assert loose(wrong, compared) == ["+0.8%", "+1.6%"]


def test_the_path_of_a_file_is_told_as_a_result_has_it():
    told = {"records": [{"arguments": '{"source": "/data/shop-7-4a/raw"}'}]}

    assert loose('It read source = "/data/shop-7-4a/raw".', told) == []
    assert loose('It read source = "/data/shop-4-4a/raw".', told) == ["/data/shop-4-4a/raw"]


def test_what_tells_the_products_of_a_result_apart_is_enough_to_name_one():
    rows = [
        {"product": {"id": "12", "name": "Salted Butter 250g"}, "unit": "units", "value": 2967.0},
        {"product": {"id": "9", "name": "Whole Milk 2L"}, "unit": "units", "value": 4115.0},
    ]
    names = (("product", "6", "Butter Croissant 4-pack"), ("product", "12", "Salted Butter 250g"))

    assert loose("Butter sold 2,967 units.", {"rows": rows}, names=names) == []
    assert loose("Butter sold 4,115 units.", {"rows": rows}, names=names) == ["4,115 units"]


def test_a_passage_in_another_language_that_holds_its_heading_does_not_change_how_days_are_read():
    quote = "Like-for-like compares only stores that were open in both periods."
    source = {"title": "House terms", "heading": "Like-for-like", "dated": "2025-10-06"}
    told = {"passages": [{"source": source, "quote": quote, "text": quote}]}

    assert loose(f"„{quote}“ (House terms, „Like-for-like“, vom Mo., 6. Okt. 2025).", told) == []


def test_an_elasticity_is_the_same_at_whatever_discount_it_is_told_beside():
    tried = {
        "discount_pct": 10.0,
        "elasticity": -2.49,
        "elasticity_lower": -2.61,
        "elasticity_upper": -2.37,
        "tried_discount_max_pct": 30.0,
    }
    curve = {"curve": [{"discount_pct": 30.0, "unit": "USD", "gain": 4.0}]}
    calls = [
        {"tool": "what_if", "arguments": {}, "result": tried},
        {"tool": "optimize_discount", "arguments": {}, "result": curve},
    ]
    said = "Discounts up to 30% were tried, with an elasticity of about −2.5 (range −2.6 to −2.4)."

    assert list(check(said, calls, (), TODAY).ungrounded) == []


def test_who_hears_that_a_day_does_not_exist_reads_of_its_month():
    asked = ["sales on 29 February this year"]

    assert loose("29 February 2026 does not exist.", asked=asked) == []
    assert loose("In March 2026 it does.", asked=asked) == ["March 2026"]
