"""Two invented retailers whose truth is known: a first look for newcomers, a ground for tests.

`make_world` draws a world from a seed. Its raw files are loaded like anybody's data; its truth
answers what the data cannot: expected units under any discount, the best discount, the faults.
"""

from forecasting.data.demo.truth import BestDiscount, Truth
from forecasting.data.demo.world import World, make_world

__all__ = ["BestDiscount", "Truth", "World", "make_world"]
