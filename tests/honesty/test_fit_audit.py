"""Nothing that is fitted or averaged sees a sale after the cutoff of its fold (Q3)."""

import pytest

from forecasting.backtesting.rolling import backtest
from forecasting.forecasters import base
from tests.forecasting.worlds import TINY
from tests.honesty.effort import effort
from tests.honesty.fit_audit import Audit, Fold
from tests.honesty.rich_panel import rich_panel

WINDOWS, HORIZON = effort(2, 8), 14


@pytest.fixture(scope="module", params=[False, True], ids=["daily", "weekly"])
def audit(request):
    panel = rich_panel(history=230, weekly=request.param)
    with pytest.MonkeyPatch.context() as patch, Audit().watching() as found:
        patch.setitem(base.BUDGETS, "fast", TINY)
        backtest(panel, horizon=HORIZON, windows=WINDOWS)
    return panel, found


def test_every_fold_trains_on_its_own_past(audit):
    panel, found = audit
    first = panel.history - HORIZON * WINDOWS

    cutoffs = [fold.cutoff for fold in found.folds]

    assert cutoffs == [first + HORIZON * number for number in range(WINDOWS)]


def test_no_function_is_handed_a_sale_after_the_cutoff_of_its_fold(audit):
    _, found = audit

    late = [
        (name, newest, fold.cutoff)
        for fold in found.folds
        for name, newest in fold.newest.items()
        if newest > fold.cutoff
    ]

    assert late == []


def test_the_audit_covers_what_is_fitted_and_averaged(audit):
    _, found = audit
    names = " ".join(name for fold in found.folds for name in fold.newest)

    for part in ("Trees.fit", "Ridge.fit", "estimate_response", "calibrate", "Origin."):
        assert part in names
    assert len({name for fold in found.folds for name in fold.newest}) > 100


def test_no_forecaster_is_judged_by_periods_it_was_fitted_on(audit):
    _, found = audit

    early = [one for one in found.forecasts if one.first < max(one.fitted, one.seen)]

    assert len(found.forecasts) > 10
    assert early == []


def test_the_audit_would_notice():
    panel, fold = rich_panel(history=120), Fold(cutoff=100)
    audit = Audit()
    audit._open.append(fold)

    with audit.watching():
        panel.until(100).rows(None, None)
        panel.rows(None, None)

    assert fold.newest == {"panel.Panel.until": 120, "panel.Panel.rows": 120} | fold.newest
    assert max(fold.newest.values()) > fold.cutoff
