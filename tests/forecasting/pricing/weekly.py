"""Daily worlds as a retailer sees them who records whole weeks."""

from dataclasses import replace

import numpy as np

from forecasting.units import Frequency

_WEEK = 7


def by_week(panel, *, begins=0):
    """Return a daily panel in weeks, with the prices of the middle of each.

    Args:
        panel: Where offers last whole weeks from the first day on.
        begins: Which of those days the recorded week begins with: offers then begin, and end, so
            many days before the week they are recorded in.
    """
    weeks = (panel.history - begins) // _WEEK
    days = slice(begins, begins + weeks * _WEEK)

    def each(values):
        return values[:, days].reshape(panel.n, weeks, _WEEK)

    middle = _WEEK // 2
    return replace(
        panel,
        periods=panel.periods[days][::_WEEK],
        history=weeks,
        frequency=Frequency.WEEK,
        sales=each(np.nan_to_num(panel.sales)).sum(axis=2),
        price=each(panel.price)[:, :, middle],
        discount=each(panel.discount)[:, :, middle],
        promoted=each(panel.promoted)[:, :, middle],
        stocked_out=np.zeros((panel.n, weeks), dtype=bool),
    )
