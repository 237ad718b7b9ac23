"""What plans say of the days around, checked against a calendar drawn by hand."""

import numpy as np
import pandas as pd

from forecasting.spells import ages, closure_spells, flag_spells, holiday_spells


def test_a_flag_counts_its_days_in_either_state():
    on = np.array([[0, 0, 1, 1, 1, 0, 0]], dtype=bool)

    found = flag_spells("promo", on)

    assert found["promo_spell_since"].tolist() == [[0, 1, 0, 1, 2, 0, 1]]
    assert found["promo_spell_left"].tolist() == [[1, 0, 2, 1, 0, 1, 0]]
    assert found["promo_before"].tolist() == [[0, 0, 0, 1, 2, 3, 3]]
    assert found["promo_after"].tolist() == [[3, 3, 2, 1, 0, 0, 0]]


def test_a_holiday_is_counted_from_both_sides_but_not_on_itself():
    codes = np.array([[0, 0, 0, 1, 0, 0, 0]], dtype=np.float32)

    found = holiday_spells("holiday", codes)

    assert found["holiday_until"][0, :3].tolist() == [2, 1, 0]
    assert found["holiday_since"][0, 4:].tolist() == [0, 1, 2]


def test_a_usual_sunday_is_no_closure_but_a_shut_week_is():
    days = pd.date_range("2026-01-05", periods=70)
    opened = np.where(days.day_of_week == 6, 0.0, 1.0)[None, :].astype(np.float32)
    opened[0, 28:34] = 0

    found = closure_spells(opened, days.day_of_week.to_numpy())

    assert found["closed_since"][0, 27] == 60
    assert found["closed_since"][0, 35:38].tolist() == [2, 3, 4]
    assert found["closed_until"][0, 26:28].tolist() == [2, 1]
    assert found["closing_length"][0, 26] == 7
    assert found["chain_open"].shape == (1, 70)


def test_an_attribute_dated_by_year_and_month_has_an_age():
    series = {
        "store_since_year": np.array([2024.0, np.nan]),
        "store_since_month": np.array([3.0, 1.0]),
    }
    months = np.array([2024 * 12 + 2, 2024 * 12 + 5])

    assert ages(series, months)["store_since_months"].tolist() == [[-1, 2], [36, 36]]
