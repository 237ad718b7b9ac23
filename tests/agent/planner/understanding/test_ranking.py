"""What people want, ranked by weights learnt from phrases."""

import subprocess
import sys

import pytest

from agent.languages import codes, language
from agent.planner.specs import SPECS
from agent.planner.understanding import Intent, ranking_of
from agent.planner.understanding.features import features_of
from agent.planner.understanding.grammar import Example, examples, heard_files, phrases
from agent.planner.understanding.keeping import weights_of
from agent.planner.understanding.ranking import Ranking
from agent.planner.understanding.training import learnt, table_of

ENGLISH = language("en")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("roughly how many PRODUCT will people buy EITHER", "forecast"),
        ("what was the take at STORE BEHIND", "sales_history"),
        ("run an outlier check on PRODUCT", "detect_anomalies"),
        ("which alarms have already been dealt with", "list_alerts"),
        ("please tick off ALERT_ID", "acknowledge_alert"),
        ("how much should i trust these predictions", "model_status"),
        ("does the challenger beat what is live", "compare_models"),
        ("reason for PRODUCT slump BEHIND", "explain.change"),
        ("did you overshoot on PRODUCT BEHIND", "explain.miss"),
        ("how would shoppers react to PRODUCT at MONEY", "what_if"),
        ("what discount gets us to NUMBER PRODUCT at STORE", "counterfactual"),
        ("what markdown makes us the most money on PRODUCT", "optimize_discount"),
        ("are we about to run out of PRODUCT anywhere", "plan_inventory"),
        ("did your advice BEHIND pay off", "decision_report"),
        ("thumbs down for ADVICE_ID", "record_decision"),
        ("pull the plug on the canary", "stop_rollout"),
        ("who signs off price changes", "search_knowledge"),
        ("and at STORE", "more"),
        ("i have a meeting with my boss", "aside"),
        ("how do i fix my printer", "out_of_scope.topic"),
    ],
)
def test_ordinary_wording_ranks_first(words, wanted):
    assert ranking_of(ENGLISH).of(words)[0].intent == Intent.of(wanted)


def test_shares_add_up_to_one_and_fall():
    ranked = ranking_of(ENGLISH).of("how many PRODUCT did we sell BEHIND")
    shares = [one.share for one in ranked]

    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_a_misspelt_wish_is_still_one():
    assert ranking_of(ENGLISH).of("forcast PRODUCT AHEAD")[0].intent.name == "forecast"


def test_nonsense_is_not_sure_of_any_tool():
    tools = [one for one in ranking_of(ENGLISH).of("qwxzt vbnm") if one.intent.name in SPECS]

    assert max(one.share for one in tools) < 0.3


def test_phrases_are_drawn_alike_every_time():
    assert examples(ENGLISH)[:500] == examples(ENGLISH)[:500]


@pytest.mark.parametrize("code", ["en", "de"])
def test_every_tool_has_phrases_in_every_language(code):
    labels = {example.label.partition(".")[0] for example in examples(language(code))}

    assert labels >= set(SPECS)


@pytest.mark.parametrize("code", ["en", "de"])
def test_what_people_said_is_learnt_under_the_names_of_phrases(code):
    under = {label for label, _ in phrases(language(code))}
    heard = {name.removesuffix(".txt") for name in heard_files(language(code))}

    assert heard
    assert heard <= under
    assert heard <= {one.label for one in examples(language(code))}


def test_what_is_learnt_is_what_was_shown():
    said = {"greet": "hello", "bye": "farewell", "thanks": "cheers"}
    shown = [Example(label, text, 0) for label, text in said.items()] * 3
    ranking = Ranking(learnt(shown, ENGLISH), ENGLISH)

    assert {label: ranking.of(text)[0].intent for label, text in said.items()} == {
        label: Intent(label) for label in said
    }


def test_what_was_kept_is_read_without_a_learning_library(tmp_path):
    weights_of(ENGLISH, tmp_path)
    code = (
        "import sys; from pathlib import Path; from agent.languages import language; "
        "from agent.planner.understanding import ranking_of; "
        f"ranking_of(language('en'), Path({str(tmp_path)!r})).of('hello'); "
        "print([n for n in ('sklearn', 'scipy', 'pandas') if n in sys.modules])"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("spoilt", [b"", b"no weights", b"PK\x03\x04 half"])
def test_a_spoilt_file_is_learnt_over(tmp_path, spoilt):
    kept = weights_of(ENGLISH, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(spoilt)

    assert weights_of(ENGLISH, tmp_path).labels == kept.labels
    assert path.stat().st_size > len(spoilt)


@pytest.mark.parametrize("code", codes())
def test_what_is_learnt_of_all_sentences_at_once_is_what_each_shows_alone(code):
    words = language(code)
    texts = [one.text for one in examples(words)[::40]]

    names, table = table_of(texts, words)

    kept = set(names)
    for text, row in zip(texts[::9], table[::9], strict=True):
        alone = {name: value for name, value in features_of(text, words).items() if name in kept}
        found = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        assert found.pop(len(names)) == 1
        assert {names[n]: value for n, value in found.items()} == pytest.approx(alone)
