"""Errors of other libraries over ours, on a window that was measured already."""

from collections.abc import Iterator
from datetime import date

from benchmarks.evidence.ledger import Evidence
from benchmarks.held_out import ROSSMANN, HeldOut
from benchmarks.peers.contest import PEERS, ours_of, theirs
from benchmarks.peers.results import ratio
from benchmarks.peers.tasks import Round

_KEYS = {"trees": "mlforecast", "smoothing": "autoets", "additive": "prophet"}
_GOAL = "above 1"


def proofs(last: date, horizon: int, found: HeldOut) -> Iterator[Evidence]:
    """Let peers forecast the same window of Rossmann, those that take long some of its series."""
    one = Round(ROSSMANN, last, horizon=horizon, idle=0)
    ours = ours_of(one, found)
    for peer in PEERS:
        if peer.module not in _KEYS:
            continue
        key = f"ratio_vs_{_KEYS[peer.module]}"
        note = "not installed: make bench-peers"
        result = theirs(one, peer) if peer.python.exists() else note
        if isinstance(result, str):
            yield Evidence(key, None, "", 0, goal=_GOAL, note=result)
            continue
        times = ratio(result, ours)
        names = result.rows["unique_id"].unique().tolist()
        yield Evidence(
            key,
            times.error,
            "",
            times.pairs,
            times.interval,
            seed=7,
            goal=_GOAL,
            note=(
                f"{peer.name}: its MAPE over ours, {result.mape():.2f} % over "
                f"{ours.mape(names):.2f} %; {one.name}, {times.series:,} stores; "
                f"its CPU seconds a store over ours: {times.seconds:.2g}"
            ),
        )
