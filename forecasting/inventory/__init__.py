"""What to order and what to hold: from the demand to come, what is in stock, and how it keeps."""

from forecasting.inventory.needs import needs
from forecasting.inventory.orders import REVIEW_DAYS
from forecasting.inventory.records import LEVEL, Goal, Group, Need, Needs, Shelf, Supply

__all__ = [
    "LEVEL",
    "REVIEW_DAYS",
    "Goal",
    "Group",
    "Need",
    "Needs",
    "Shelf",
    "Supply",
    "needs",
]
