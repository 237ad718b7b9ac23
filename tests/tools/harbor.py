"""Harbor Market's catalogue, as the tests of names know it."""

from datetime import date

from tools.catalogue import NamedItem, NamedStore, Vocabulary

_PRODUCTS = {
    "Beverages": (
        "Cold Brew Coffee 1L",
        "Orange Juice 1L",
        "Sparkling Water 6-pack",
        "Green Tea 500ml",
    ),
    "Bakery": (
        "Sourdough Loaf",
        "Butter Croissant 4-pack",
        "Whole Wheat Bagels",
        "Blueberry Muffin",
    ),
    "Dairy": (
        "Whole Milk 2L",
        "Greek Yogurt 500g",
        "Cheddar Block 400g",
        "Salted Butter 250g",
    ),
    "Produce": ("Hass Avocado", "Strawberries 400g", "Baby Spinach 200g", "Bananas 1kg"),
    "Snacks": (
        "Sea Salt Chips",
        "Dark Chocolate Bar",
        "Roasted Almonds 250g",
        "Granola Bars 6-pack",
    ),
    "Household": (
        "Paper Towels 6-roll",
        "Laundry Detergent 2L",
        "Dish Soap 750ml",
        "Trash Bags 30-pack",
    ),
}
_STORES = (
    ("Riverside", "Central", "supermarket"),
    ("Downtown", "Central", "express"),
    ("Airport", "South", "express"),
    ("Hillcrest", "North", "supermarket"),
    ("Lakeside", "North", "hypermarket"),
)
_NAMES = [(name, category) for category, names in _PRODUCTS.items() for name in names]

HARBOR = Vocabulary(
    products=tuple(
        NamedItem(str(number), name, category)
        for number, (name, category) in enumerate(_NAMES, start=1)
    ),
    stores=tuple(NamedStore(str(n), *store) for n, store in enumerate(_STORES, start=1)),
    categories=tuple(_PRODUCTS),
    cutoff=date(2026, 6, 30),
    first=date(2023, 7, 2),
)
