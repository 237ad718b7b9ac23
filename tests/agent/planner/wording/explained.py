"""Made-up results of explanations."""

from datetime import date

from tools.contract import Item
from tools.explain import Driver, ExplainResult, MoneyAccount, Mover

COLD_BREW, RIVERSIDE = Item(id="1", name="Cold Brew"), Item(id="1", name="Riverside")
WEEK = {"start": date(2026, 7, 6), "end": date(2026, 7, 12)}
SERVED = {"cutoff": date(2026, 6, 30), "model": "GradientBoosting_v20260701"}
TOLD_ON = date(2026, 6, 22)
MONEY = MoneyAccount(
    unit="USD",
    figure=5200.0,
    reference=9150.0,
    change=-3950.0,
    change_pct=-43.2,
    drivers=(
        Driver(name="volume", effect=-3600.0, effect_pct=-39.3),
        Driver(name="discounts", effect=-350.0, effect_pct=-3.8),
    ),
)


def accounted(**changes):
    fields = {
        "about": "forecast",
        "product": COLD_BREW,
        "store": None,
        "category": None,
        "unit": "units",
        "figure": 1276.0,
        "reference": 2244.0,
        "change": -968.0,
        "change_pct": -43.1,
        "lower": 1183.0,
        "upper": 1371.0,
        "level": 80,
        "drivers": (
            Driver(name="price and promotion", effect=-878.0, effect_pct=-39.1),
            Driver(name="usual level", effect=-90.0, effect_pct=-4.0),
        ),
        "products": (),
        "stores": (
            Mover(item=RIVERSIDE, reference=500.0, figure=228.0, change=-272.0, change_pct=-54.4),
        ),
        "evidence": "model behaviour",
    }
    return ExplainResult(**(WEEK | SERVED | fields | changes)).model_dump(mode="json")


CHANGE = {
    "about": "change",
    "evidence": "account of sales",
    "compare_start": date(2026, 6, 29),
    "compare_end": date(2026, 7, 5),
}
SAID = [
    ("explain", accounted()),
    ("explain", accounted(**CHANGE)),
    (
        "explain",
        accounted(
            about="revision",
            earlier_model="GradientBoosting_v20260601",
            lower=None,
            upper=None,
            level=None,
        ),
    ),
    ("explain", accounted(about="miss", inside=False, evidence="account of sales")),
    (
        "explain",
        accounted(about="miss", inside=True, told_on=TOLD_ON, evidence="account of sales"),
    ),
    ("explain", accounted(**CHANGE, money=MONEY)),
]
