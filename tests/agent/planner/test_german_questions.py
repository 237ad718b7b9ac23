"""Whole German questions and conversations, as people in shops write them."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from agent.planner.dialogue import dialogue_of, in_its_language
from agent.planner.drafts import Ask, Calls, Say
from agent.planner.plan import next_step
from agent.planner.steps import first_message
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK

# ruff: noqa: E501 - a table reads best with one question a line

JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
WEEKEND = {"start": "2026-07-04", "end": "2026-07-05"}
TOMORROW = {"start": "2026-07-02", "end": "2026-07-02"}
YESTERDAY = {"start": "2026-06-30", "end": "2026-06-30"}


def last_step(*said):
    """Return the step for the last message, in the language that the messages are in."""
    history = []
    for words in said:
        history.append(HumanMessage(words))
        dialogue = dialogue_of(history)
        context = in_its_language(dialogue, HARBOR_CONTEXT)
        assert context.language.code == "de", words
        step = next_step(dialogue, context)
        message = first_message(step)
        history.append(message)
        if message.tool_calls:
            history.append(AIMessage("Hier."))
    return step


def calls_of(*said):
    """Return the calls of the last message as pairs of tool and arguments."""
    step = last_step(*said)
    assert isinstance(step, Calls), step
    return [(draft.tool, draft.ready) for draft in step.drafts]


QUESTIONS = [
    ("Nächste Woche Bagels: was geht an welchem Tag?", "forecast", {"product": "7", "granularity": "day", **NEXT_WEEK}),
    ("Brauchen wir mehr Bananen in Downtown?", "plan_inventory", {"product": "16", "store": "2"}),
    ("Setz RC-1 bitte um", "record_decision", {"recommendation_id": "RC-1", "decision": "accepted"}),
    ("Wie viel Waschmittel nachbestellen? Lieferzeit 10 Tage, 80 Stück stehen noch im Lager.", "plan_inventory", {"product": "22", "lead_time_days": 10, "on_hand": 80}),
    ("Milch bestellen für Lakeside? 50 hab ich noch da.", "plan_inventory", {"product": "9", "store": "5", "on_hand": 50}),
    ("Müssen wir Mandeln nachbestellen? Das Regal ist leer.", "plan_inventory", {"product": "19", "on_hand": 0}),
    ("Prognose für Croissants für morgen, ach nein, ich meine übermorgen", "forecast", {"product": "6", "start": "2026-07-03", "end": "2026-07-03"}),
    ("Wie viele Bagels gestern am Airport, oh falsch, in Downtown?", "sales_history", {"product": "7", "store": "2", **YESTERDAY}),
    ("Welche Alarme hatten wir in Lakeside, auch die schon quittierten?", "list_alerts", {"store": "5", "status": "all"}),
    ("Und wenn wir die Aktion auf Chips in Lakeside absagen?", "what_if", {"product": "17", "store": "5", "promotion": False}),
    ("Prognose für nächste Woche als Wochensumme, nur Produce", "forecast", {"category": "Produce", **NEXT_WEEK}),
    ("Milch letzte Woche, Tageswerte bitte", "sales_history", {"product": "9", "group_by": "day", **LAST_WEEK}),
    ("Schwächster Umsatztag letzte Woche in Downtown?", "sales_history", {"store": "2", "measure": "revenue", "group_by": "day", "top": 1, "order": "asc", **LAST_WEEK}),
    ("Wegen des Lieferengpasses und der Kühlhauspanne: wie viel Milch verkaufen wir nächste Woche?", "forecast", {"product": "9", **NEXT_WEEK}),
    ("Wie viel Joghurt verkaufen wir Samstag und Sonntag?", "forecast", {"product": "10", **WEEKEND}),
    ("Entscheidungsbericht", "decision_report", {}),
    ("Was bringt mich auf 1500 Joghurt nächste Woche", "counterfactual", {"product": "10", "target_units": 1500, **NEXT_WEEK}),
    ("Wie viel Milch verkaufen wir nächste Woche?", "forecast", {"product": "9", **NEXT_WEEK}),
    ("wieviel kaffee verkauft riverside naechste woche", "forecast", {"product": "1", "store": "1", **NEXT_WEEK}),
    ("Wie viele Bananen werden wir morgen in Downtown los?", "forecast", {"product": "16", "store": "2", **TOMORROW}),
    ("wie vile erdberen letzte woche verkauft", "sales_history", {"product": "14", **LAST_WEEK}),
    ("Milchumsatz letzte Woche", "sales_history", {"product": "9", "measure": "revenue", **LAST_WEEK}),
    ("Was haben wir gestern eingenommen?", "sales_history", {"measure": "revenue", **YESTERDAY}),
    ("Bananenabsatz im Juni nach Filialen", "sales_history", {"product": "16", "group_by": "store", **JUNE}),
    ("Was sind unsere Renner im Juni gewesen? Top 3 bitte", "sales_history", {"group_by": "product", "top": 3, **JUNE}),
    ("Lief die Milch letzte Woche besser als in der Woche davor?", "sales_history", {"product": "9", "compare_to": "previous_period", **LAST_WEEK}),
    ("Wie teuer waren die Bananen im Juni im Schnitt?", "sales_history", {"product": "16", "measure": "price", **JUNE}),
    ("Lohnt es sich, das Waschmittel nächste Woche um zehn Prozent runterzusetzen?", "what_if", {"product": "22", "discount_pct": 10, **NEXT_WEEK}),
    ("angenommen der cheddar kostet nächste woche 4,99 € — was dann?", "what_if", {"product": "11", "price": 4.99, **NEXT_WEEK}),
    ("Was brächte eine Aktion für Chips in Airport am Wochenende?", "what_if", {"product": "17", "store": "3", "promotion": True, **WEEKEND}),
    ("Optimaler Rabatt für Erdbeeren nächste Woche, aber höchstens 25 %", "optimize_discount", {"product": "14", "max_discount_pct": 25, **NEXT_WEEK}),
    ("Wie kommen wir nächste Woche auf 800 Avocados?", "counterfactual", {"product": "13", "target_units": 800, **NEXT_WEEK}),
    ("Müllbeutel nachbestellen: wie viele? Lieferzeit drei Tage, Servicegrad 98 %", "plan_inventory", {"product": "24", "lead_time_days": 3, "service_level_pct": 98}),
    ("Woran lag's, dass die Milch letzte Woche so schlecht lief?", "explain", {"product": "9", "about": "change", **LAST_WEEK}),
    ("Warum lag die Vorhersage für Erdbeeren letzte Woche so daneben?", "explain", {"product": "14", "about": "miss", **LAST_WEEK}),
    ("Check mal die Avocados im Juni auf Ausreißer", "detect_anomalies", {"product": "13", **JUNE}),
    ("Welche Warnungen sind gerade offen?", "list_alerts", {}),
    ("RC-4 machen wir nicht, zu riskant", "record_decision", {"recommendation_id": "RC-4", "decision": "rejected", "reason": "zu riskant"}),
    ("Wie treffsicher sind die Vorhersagen zurzeit?", "model_status", {}),
    ("Könntest du das Modell nachtrainieren?", "retrain", {}),
    ("Wir bekommen die Ware erst in fünf Tagen, im Lager stehen noch 40 Packungen Paper Towels. Wie viel soll ich bestellen?", "plan_inventory", {"product": "21", "lead_time_days": 5, "on_hand": 40}),
    ("Wie sicher ist die Prognose für Cheddar morgen? 95-Prozent-Intervall bitte", "forecast", {"product": "11", "level": 95, **TOMORROW}),
    ("Was brächte es, die Papiertücher nächste Woche in die Aktion zu nehmen?", "what_if", {"product": "21", "promotion": True, **NEXT_WEEK}),
    ("Wie tief kann ich bei Dish Soap gehen, wenn die Marge nicht unter 30 % fallen soll?", "optimize_discount", {"product": "23", "min_margin_pct": 30}),
    ("Läuft gerade ein Canary?", "model_status", {}),
    ("Trainiere neu, aber lass das alte Modell in Produktion", "retrain", {}),
    ("Prognose Joghurt morgen Flughafen mit 90 % Grenzen", "forecast", {"product": "10", "store": "3", "level": 90, **TOMORROW}),
    ("Wir haben 800 Dollar Aktionsgeld für Milch am Flughafen nächste Woche. Beste Rabatte für den Umsatz?", "optimize_discount", {"product": "9", "store": "3", "objective": "revenue", "budget": 800, **NEXT_WEEK}),
    ("Weihnachten steht vor der Tür. Wie viele Croissants verkauft Riverside?", "forecast", {"product": "6", "store": "1", "start": "2026-12-25", "end": "2026-12-25"}),
    ("Warum lief die Milch letzte Woche schlechter als in der Woche davor?", "explain", {"product": "9", "about": "change", "compare_to": "previous_period", **LAST_WEEK}),
    ("Müllbeutel in allen Filialen nächste Woche, mit 90-%-Intervall", "forecast", {"product": "24", "level": 90, **NEXT_WEEK}),
    ("Was passiert, wenn wir Erdbeeren am Wochenende um 20 Prozent reduzieren?", "what_if", {"product": "14", "discount_pct": 20, **WEEKEND}),
    ("Joghurt bestellen, Vorlaufzeit 5 Tage", "plan_inventory", {"product": "10", "lead_time_days": 5}),
    ("Empfehlung RC-3 setzen wir nicht um, weil sie uns zu teuer ist", "record_decision", {"recommendation_id": "RC-3", "decision": "rejected", "reason": "sie uns zu teuer ist"}),
    ("Trainier das Modell bitte neu, die Zahlen passen nicht mehr.", "retrain", {}),
    ("Was waren im Juni unsere besten Artikel? Drei reichen mir.", "sales_history", {"group_by": "product", "top": 3, **JUNE}),
    ("Alarm 4 ist geklärt, der Laden war zu", "acknowledge_alert", {"alert_id": "AL-4", "note": "der Laden war zu"}),
    ("A/B-Test mit dem neuen Modell, halbe-halbe", "start_rollout", {"kind": "ab", "traffic_pct": 50}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "tool", "arguments"), QUESTIONS)
def test_a_german_question_becomes_this_call(words, tool, arguments):
    assert calls_of(words) == [(tool, arguments)]


@pytest.mark.parametrize(
    "words",
    [
        "Wie wird das Wetter morgen in Berlin?",
        "Wie verkauft sich Milch bei Rewe?",
        "Lösch bitte alle Verkaufsdaten vom Juni",
        "Wie hoch ist das Gehalt von Frau Schmidt?",
        "Hast du ein Rezept für Bananenbrot?",
    ],
)
def test_what_is_none_of_its_business_is_refused_in_german(words):
    step = last_step(words)
    assert isinstance(step, Say)
    assert step.reason == "out_of_scope"


def test_what_a_long_german_message_tells_before_it_asks_is_not_asked():
    told = (
        "Im Kühlregal von Lakeside ist seit Montag eine Tür kaputt, und der Techniker kommt am 13."
    )

    calls = calls_of(f"{told} Wie viel Joghurt verkaufen wir dort nächste Woche voraussichtlich?")

    assert calls == [("forecast", {"product": "10", "store": "5", **NEXT_WEEK})]


def test_two_discounts_are_each_tried():
    calls = calls_of("Sollte ich die Mandeln um 10 oder um 15 Prozent senken?")

    assert [(tool, said["discount_pct"]) for tool, said in calls] == [
        ("what_if", 10),
        ("what_if", 15),
    ]


def test_a_limit_without_a_sign_is_one_of_the_advice_before():
    advice = "Welcher Rabatt auf Chips wäre nächste Woche der beste?"

    calls = calls_of(advice, "höchstens 30 aber")

    assert calls == [("optimize_discount", {"product": "17", "max_discount_pct": 30, **NEXT_WEEK})]


@pytest.mark.parametrize("limit", ["Höchstens aber 25 %.", "Mehr als 25 % sind nicht drin."])
def test_a_limit_told_after_advice_bounds_it_and_is_no_discount_to_try(limit):
    advice = "Welcher Rabatt auf Chips wäre nächste Woche der beste?"

    calls = calls_of(advice, limit)

    assert calls == [("optimize_discount", {"product": "17", "max_discount_pct": 25, **NEXT_WEEK})]


@pytest.mark.parametrize(
    "words", ["Schau genauer hin.", "bitte empfindlicher", "Noch einmal mit hoher Empfindlichkeit."]
)
def test_a_search_is_made_again_in_the_manner_asked_for(words):
    calls = calls_of("Gab es im Juni Auffälligkeiten bei der Milch?", words)

    assert calls == [("detect_anomalies", {"product": "9", "sensitivity": "high", **JUNE})]


def test_the_year_before_is_set_beside_what_was_sold():
    calls = calls_of("Wie lief die Milch im Juni?", "und im Vorjahr?")

    assert calls == [("sales_history", {"product": "9", "compare_to": "last_year", **JUNE})]


def test_a_product_the_catalogue_lacks_is_passed_on_as_said():
    assert calls_of("Wie viel Hafermilch geht nächste Woche weg?") == [
        ("forecast", {"product": "Hafermilch", **NEXT_WEEK})
    ]


def test_a_word_of_two_products_is_asked_about_and_the_answer_goes_on():
    asked = "Prognose für Butter nächste Woche"
    step = last_step(asked)
    assert isinstance(step, Ask)
    assert step.asks_for == ("product",)
    wanted = [("forecast", {"product": "12", **NEXT_WEEK})]
    for reply in ("die zweite", "Die gesalzene", "Salted Butter"):
        assert calls_of(asked, reply) == wanted


def test_a_price_with_a_comma_answers_what_was_asked():
    asked = "Was passiert, wenn wir den Preis der Milch nächste Woche ändern?"
    assert calls_of(asked, "1,79") == [("what_if", {"product": "9", "price": 1.79, **NEXT_WEEK})]


def test_a_german_conversation_goes_on_from_what_was_said():
    said = ["Wie viel Milch verkaufen wir nächste Woche?", "Und in Downtown?", "und Käse?"]
    assert calls_of(*said[:2]) == [("forecast", {"product": "9", "store": "2", **NEXT_WEEK})]
    assert calls_of(*said) == [("forecast", {"product": "11", "store": "2", **NEXT_WEEK})]
    past = {"product": "11", "store": "2", **LAST_WEEK}
    assert calls_of(*said, "und letzte Woche?") == [("sales_history", past)]
    by_day = past | {"group_by": "day"}
    assert calls_of(*said, "und letzte Woche?", "nach Tagen bitte") == [("sales_history", by_day)]


def test_names_and_brief_words_keep_a_conversation_german():
    said = ["Wie viel Milch verkaufen wir nächste Woche?", "Downtown?", "ok", "Cold Brew?"]
    assert calls_of(*said) == [("forecast", {"product": "1", "store": "2", **NEXT_WEEK})]


def test_one_of_a_category_is_asked_for_among_its_products():
    step = last_step(
        "Was passiert, wenn wir eines der Bakery-Produkte nächste Woche um 20 % senken?"
    )

    assert isinstance(step, Ask)
    assert [one for one, _ in step.choices] == ["5", "6", "7", "8"]


def test_the_forecast_beside_a_target_is_what_sells_without_doing_anything():
    step = last_step(
        "Wie kommen wir nächste Woche auf 700 Avocados, und was ist die Prognose, wenn wir nichts tun?"
    )

    assert isinstance(step, Calls)
    assert [draft.tool for draft in step.drafts] == ["counterfactual", "forecast"]


def test_an_alert_told_without_its_number_is_asked_for():
    for said in ("Quittier bitte den Alarm von heute früh für mich", "Hak mal die Warnung ab"):
        step = last_step(said)
        assert isinstance(step, Ask)
        assert step.asks_for == ("alert_id",)


def test_a_price_in_place_of_another_needs_no_sign():
    asked = "Was passiert, wenn wir die Milch um 20 % senken?"
    (call,) = calls_of(asked, "und wenn es 1,69 statt 1,89 wären?")
    assert call == ("what_if", {"product": "9", "price": 1.69})


@pytest.mark.parametrize("goods", ["Frikadellen", "Marmeladen", "Rouladen", "Sardellen", "Bonbons"])
def test_goods_that_end_like_words_of_a_shop_are_goods_all_the_same(goods):
    ((_, arguments),) = calls_of(f"Wie viele {goods} haben wir letzte Woche verkauft?")

    assert arguments["product"] == goods
