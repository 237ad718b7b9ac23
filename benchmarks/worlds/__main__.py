"""Score price advice in retail worlds of another make: `python -m benchmarks.worlds --help`."""

import argparse
import time
from collections.abc import Sequence

import numpy as np
from rich.console import Console

from benchmarks.worlds.asking import advised, opened
from benchmarks.worlds.kinds import KINDS
from benchmarks.worlds.scoring import Score, score
from benchmarks.worlds.world import make_retailer

_HEAD = (
    f"{'world':24}{'regret':>8}{'none':>7}{'lots':>7}{'plain':>7}{'prom':>8}{'real':>8}"
    f"{'ratio':>7}{'silent':>8}{'bias%':>7}{'|err|':>7}{'cov95':>7}{'slow s':>8}"
)


def main() -> None:
    """Show each world as it is scored, then each kind, then all that should be answered."""
    options = _options()
    console = Console(width=140, highlight=False)
    console.print(_HEAD)
    scores: list[Score] = []
    for name in _chosen(options.kinds):
        mine = []
        for seed in range(options.first, options.first + options.seeds):
            began = time.process_time()
            one = measured(name, seed, options.budget)
            mine.append(one)
            took = time.process_time() - began
            console.print(f"[dim]{line(f'{name} {seed}', [one])}  {took:.0f} CPU s[/dim]")
            if options.why:
                for reason in dict.fromkeys(one.reasons):
                    console.print(f"    [dim]{reason}[/dim]")
        console.print(line(name, mine))
        scores += mine
    for title, hidden in (("all listed", False), ("all hidden", True)):
        some = [one for one in scores if KINDS[one.world].hidden is hidden]
        if some:
            console.print(f"[bold]{line(title, some)}[/bold]")


def measured(name: str, seed: int, budget: str) -> Score:
    """Make a world, hand it over, ask, and score the advice."""
    world = make_retailer(name, seed=seed)
    with opened(world, budget=budget) as place:
        return score(world, advised(place, world), place.response, seed=seed)


def line(title: str, scores: Sequence[Score]) -> str:
    """Return the means over some worlds; uplift figures over all their answered products."""
    of = {
        name: float(np.mean([getattr(one, name) for one in scores]))
        for name in ("regret", "nothing", "random", "regression", "promised", "realised")
    }
    error = np.array([x for one in scores for x in one.error])
    truth = np.array([x for one in scores for x in one.truth])
    covered = [x for one in scores for x in one.covered]
    bias = 100 * error.sum() / truth.sum() if len(error) else float("nan")
    size = float(np.median(np.abs(error))) if len(error) else float("nan")
    held = 100 * float(np.mean(covered)) if covered else float("nan")
    ratio = of["promised"] / of["realised"] if of["realised"] else float("nan")
    silent = 100 * float(np.mean([one.abstained for one in scores]))
    return (
        f"{title:24}{of['regret']:8.1f}{of['nothing']:7.0f}{of['random']:7.0f}"
        f"{of['regression']:7.0f}{of['promised']:8.0f}{of['realised']:8.0f}{ratio:7.2f}"
        f"{silent:7.0f}%{bias:7.1f}{size:7.3f}{held:7.1f}{max(o.slowest for o in scores):8.2f}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.worlds", description=__doc__)
    parser.add_argument(
        "--kinds",
        nargs="+",
        default=["all"],
        help=f"whole names or parts of them, e.g. hidden, kinked; of {', '.join(KINDS)}",
    )
    parser.add_argument("--seeds", type=int, default=3, help="how many worlds of a kind (3)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--budget", default="fast", help="of the training (fast)")
    parser.add_argument("--why", action="store_true", help="show why there is no answer")
    return parser.parse_args()


def _chosen(words: list[str]) -> list[str]:
    """Return the kinds whose names hold one of the words."""
    if "all" in words:
        return list(KINDS)
    return [name for name in KINDS if any(word in name for word in words)]


if __name__ == "__main__":
    main()
