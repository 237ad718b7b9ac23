"""The stretches of a wish that are its own."""

import pytest

from agent.planner.understanding.part import Part


@pytest.mark.parametrize(
    ("asides", "own"),
    [
        ((), [(10, 30)]),
        (((0, 8),), [(10, 30)]),
        (((15, 20),), [(10, 15), (20, 30)]),
        (((22, 25), (12, 14)), [(10, 12), (14, 22), (25, 30)]),
        (((10, 20),), [(20, 30)]),
    ],
)
def test_asides_within_a_wish_are_not_its_own(asides, own):
    assert Part(10, 30, None, asides=asides).own == own
