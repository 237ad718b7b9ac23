"""Small panels with a known make, for tests that need no files."""

import numpy as np
import pandas as pd

from forecasting.panel import Panel
from forecasting.units import Frequency, Target


def series_of(*products: str, store: str = "1") -> pd.DataFrame:
    """Return the series of some products in one store."""
    return pd.DataFrame({"product": products, "store": [store] * len(products)})


def make_panel(
    *,
    stores: int = 2,
    products: int = 3,
    history: int = 420,
    plan: int = 60,
    elasticity: float = -2.0,
    lift: float = 0.2,
    level: float = 30.0,
    promotions: bool = True,
    seed: int = 1,
) -> Panel:
    """Return a daily panel: weekly and yearly shape, price response, Poisson noise."""
    rng = np.random.default_rng(seed)
    series = pd.DataFrame(
        [
            {
                "store": str(s + 1),
                "product": str(p + 1),
                "store_format": "express" if s % 2 else "supermarket",
                "product_category": f"Category {p % 2 + 1}",
                "product_cost": 2.0,
            }
            for s in range(stores)
            for p in range(products)
        ]
    )
    n, width = len(series), history + plan
    periods = pd.date_range("2024-01-01", periods=width, freq="D")
    day = np.arange(width)
    weekly = np.array([0.9, 0.85, 0.9, 1.0, 1.2, 1.3, 0.95])[periods.day_of_week]
    yearly = 1 + 0.2 * np.sin(2 * np.pi * day / 365.25)
    discount = np.zeros((n, width), dtype=np.float32)
    if promotions:
        for row in range(n):
            for start in range(int(rng.integers(5, 30)), width - 7, 35):
                discount[row, start : start + 7] = rng.choice([10, 15, 20, 25, 30])
    promoted = (discount > 0).astype(np.float32)
    price = np.full((n, width), 5.0, dtype=np.float32)
    base = level * rng.uniform(0.6, 1.6, size=(n, 1))
    mean = base * weekly * yearly * (1 - discount / 100) ** elasticity * np.exp(lift * promoted)
    sales = rng.poisson(mean[:, :history]).astype(np.float32)
    return Panel(
        series=series,
        periods=periods,
        history=history,
        frequency=Frequency.DAY,
        target=Target.UNITS,
        unit="units",
        sales=sales,
        price=price,
        discount=discount,
        promoted=promoted,
        stocked_out=np.zeros((n, history), dtype=bool),
        revenue=sales * (price * (1 - discount / 100))[:, :history],
        version="test@1",
        country="US",
    )
