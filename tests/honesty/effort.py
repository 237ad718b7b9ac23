"""How much proof a run asks for: a little with every test run, all of it as evidence."""

import os

FULL = bool(os.environ.get("TILLSIGHT_EVIDENCE"))
"""Whether this run makes the evidence: `make evidence`."""


def effort(usual: int, full: int) -> int:
    """Return how many runs, series or origins to go through."""
    return full if FULL else usual
