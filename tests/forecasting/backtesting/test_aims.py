"""A backtest says what its errors are errors of."""

from dataclasses import replace

import pytest

from forecasting.backtesting.rolling import backtest
from forecasting.units import Aim
from tests.builders import make_panel


@pytest.mark.parametrize(("aim", "said"), [(Aim.EXPECTED, False), (Aim.RELATIVE, True)])
def test_it_is_said_where_single_figures_are_not_means(aim, said):
    panel = replace(make_panel(stores=1, products=2, history=120, plan=14), aim=aim)

    found = backtest(panel, horizon=7, windows=1)

    assert any("least error in percent" in note for note in found.notes) is said
