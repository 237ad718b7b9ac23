"""Show what demo worlds say of decisions: `python -m benchmarks.decisions --seeds 1 2 3`."""

import argparse

from rich.console import Console

from benchmarks.decisions import figures, harbor
from benchmarks.decisions.kept import Result


def main() -> None:
    """Ask each world and show the figures of all of them, with what is behind them."""
    parser = argparse.ArgumentParser(prog="benchmarks.decisions", description=__doc__)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3], help="which worlds")
    parser.add_argument("--hidden", action="store_true", help="with the hidden driver, only that")
    options = parser.parse_args()
    console = Console(highlight=False)
    if options.hidden:
        found = [harbor.hidden(seed) for seed in options.seeds]
        console.print(f"abstains on {figures.abstained(found):.1f} % of knowable products")
        return
    _show(console, [harbor.asked(seed) for seed in options.seeds])


def _show(console: Console, found: list[Result]) -> None:
    shown = {
        "elasticity: median absolute error": figures.elasticity_error,
        "elasticity: bias %": figures.elasticity_bias,
        "elasticity: 95 % intervals that hold": figures.elasticity_coverage,
        "knowable products without an answer %": figures.silent,
        "regret of the advice %": figures.regret(figures.FOLLOWED),
        **{f"regret of {name} %": figures.regret(name) for name in figures.RIVALS},
        "promised over realised": figures.promised_over_realised,
        "80 % ranges of the total gain that hold": figures.promise_held,
        "profit above plan %": figures.uplift,
        "80 % ranges of what-ifs that hold, units": figures.what_if_coverage("units"),
        "the same, revenue": figures.what_if_coverage("revenue"),
        "the same, profit": figures.what_if_coverage("profit"),
    }
    for words, statistic in shown.items():
        console.print(f"{words:44}{statistic(found):9.3f}")


if __name__ == "__main__":
    main()
