"""What days, seasons and holidays do to demand: the shapes a seed only jitters."""

from dataclasses import dataclass

WEEKLY = {
    # Multipliers Monday to Sunday, by store format; a mean of 1 each.
    "supermarket": (0.90, 0.86, 0.90, 0.97, 1.14, 1.26, 0.97),
    "express": (1.08, 1.07, 1.09, 1.10, 1.12, 0.82, 0.72),
    "hypermarket": (0.80, 0.78, 0.84, 0.94, 1.20, 1.46, 0.98),
    "online": (1.10, 1.02, 1.00, 1.00, 0.90, 0.88, 1.10),
    "flagship": (1.0,) * 7,
    "outlet": (1.0,) * 7,
    "city": (1.0,) * 7,
}


@dataclass(frozen=True)
class Season:
    """A yearly shape: two waves, each with its height (log points) and day of the year."""

    height: float
    peak: int
    second_height: float = 0.0
    second_peak: int = 0


YEARLY = {
    "Beverages": Season(0.22, 198, 0.05, 20),
    "Bakery": Season(0.07, 350, 0.03, 100),
    "Dairy": Season(0.06, 10, 0.02, 120),
    "Produce": Season(0.18, 170, 0.04, 40),
    "Snacks": Season(0.09, 205, 0.10, 355),
    "Household": Season(0.06, 100, 0.03, 260),
    "Camping": Season(0.55, 190, 0.10, 350),
    "Hiking": Season(0.38, 165, 0.12, 350),
    "Footwear": Season(0.22, 140, 0.12, 345),
    "Apparel": Season(0.25, 330, 0.10, 120),
    "Climbing": Season(0.30, 175),
}

# Log effect on the days around a holiday (0 = the day itself). Shops open shorter on the great
# ones, and people fill the fridge before them.
GREAT_HOLIDAYS: dict[str, dict[int, float]] = {
    "Thanksgiving Day": {-3: 0.12, -2: 0.25, -1: 0.38, 0: -0.70, 1: -0.12},
    "Christmas Day": {-4: 0.14, -3: 0.22, -2: 0.32, -1: 0.25, 0: -1.20, 1: -0.15},
    "New Year's Day": {-2: 0.10, -1: 0.22, 0: -0.45},
    "Independence Day": {-2: 0.14, -1: 0.30, 0: 0.05},
    "Memorial Day": {-2: 0.10, -1: 0.15, 0: -0.05},
    "Labor Day": {-2: 0.10, -1: 0.15, 0: -0.05},
}
OTHER_HOLIDAY: dict[int, float] = {0: 0.07}

# How strongly a category feels the days before a holiday.
HOLIDAY_APPETITE = {
    "Beverages": 1.3,
    "Bakery": 1.0,
    "Dairy": 0.9,
    "Produce": 1.0,
    "Snacks": 1.5,
    "Household": 0.3,
}

# Log points that one full promotion effect next door takes away, shared inside a category.
CANNIBALISATION = {
    "Beverages": 0.30,
    "Bakery": 0.35,
    "Dairy": 0.15,
    "Produce": 0.20,
    "Snacks": 0.40,
    "Household": 0.10,
    "Camping": 0.10,
    "Hiking": 0.15,
    "Footwear": 0.40,
    "Apparel": 0.20,
    "Climbing": 0.10,
}
