"""Models are judged by rolling origins, never by rows drawn at random (Q8)."""

import ast

import numpy as np
import pytest

from forecasting.backtesting.rolling import backtest
from forecasting.forecasters import base
from forecasting.training import train
from tests.forecasting.worlds import TINY
from tests.honesty.fit_audit import Audit
from tests.honesty.rich_panel import rich_panel
from tests.test_architecture import ROOT, SOURCES, calls, name_of, parsed

# What splits rows without regard to time.
RANDOM_SPLITS = {
    "KFold",
    "GroupKFold",
    "StratifiedKFold",
    "RepeatedKFold",
    "ShuffleSplit",
    "GroupShuffleSplit",
    "train_test_split",
    "cross_val_score",
    "cross_val_predict",
    "cross_validate",
    "GridSearchCV",
    "RandomizedSearchCV",
    "LeaveOneOut",
}
LEAST_ORIGINS = 8
# The one place that may: how well everyday questions are understood has no time order.
NOT_FORECASTS = {"agent"}


def random_splits(tree):
    """Return what in a file splits rows at random."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    found = (names | imported) & RANDOM_SPLITS
    for call in calls(tree):
        shuffles = any(
            word.arg == "shuffle" and ast.unparse(word.value) == "True" for word in call.keywords
        )
        if shuffles or ast.unparse(call.func) in {"lgb.cv", "lightgbm.cv"}:
            found.add(ast.unparse(call.func))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_file_splits_rows_at_random(path):
    if path.relative_to(ROOT).parts[0] not in NOT_FORECASTS:
        assert random_splits(parsed(path)) == set()


@pytest.mark.parametrize(
    "line",
    [
        "from sklearn.model_selection import KFold",
        "split(x, shuffle=True)",
        "lgb.cv(parameters, data)",
        "model_selection.train_test_split(x)",
    ],
)
def test_the_lint_would_notice(line):
    assert random_splits(ast.parse(line))


@pytest.fixture
def tiny_budget(monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)
    monkeypatch.setitem(base.BUDGETS, "normal", TINY)


def test_a_training_is_judged_from_at_least_eight_origins_after_its_fit(tiny_budget):
    panel, audit = rich_panel(history=330), Audit()
    with audit.watching():
        model = train(panel)
    judged = [one for one in audit.forecasts if one.name == "boosted_trees"]

    origins = sorted({one.seen for one in judged})

    assert len(origins) >= LEAST_ORIGINS
    assert model.metrics["windows"] == len(origins)
    assert {one.fitted for one in judged} == {origins[0]}
    assert all(one.first == one.seen for one in judged)


def test_a_backtest_shows_how_much_its_windows_differ(tiny_budget):
    found = backtest(rich_panel(history=230), horizon=7, windows=3)

    errors = [one.model.wape for one in found.windows]

    assert [one.name for one in found.windows] == sorted(one.name for one in found.windows)
    assert len(errors) == 3
    assert min(errors) < found.overall.model.wape < max(errors)
    assert np.isfinite(errors).all()
