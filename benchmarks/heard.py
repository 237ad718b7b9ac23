"""Writes down what people say in the practice suites, for the ranking to learn from.

`python -m benchmarks.heard` reads every practice suite with the planner alone and writes each
message under what it wants into `agent/languages/*/heard`, one a line, with kinds in capitals in
place of what is named, dated or counted, as the ranking sees it. A message that only adds to the
one before ("and at Riverside?") is written under `more`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from agent.evaluation.suite import Case, ExpectedCall, read_suite
from agent.planner.dialogue import Dialogue, in_its_language
from agent.planner.remembering import remembered
from agent.planner.understanding.grammar import phrases
from agent.planner.understanding.intent import Intent
from agent.planner.understood import understood
from benchmarks.variation.measuring import PRACTICE
from benchmarks.variation.playing import Setting, played
from tenants.settings import Settings

LANGUAGES = Path(__file__).parents[1] / "agent" / "languages"
_ADDS = "more"
_MOST_WORDS_ADDED = 8
_DEFAULT_ABOUT, _BARE = "forecast", "explain.forecast"
_HEAD = "# Written by `python -m benchmarks.heard` from what people say in the practice suites.\n"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the ranking sees it, and what it wants."""

    code: str
    label: str
    text: str


def main() -> None:
    """Write the files anew."""
    kept = Settings().home / "evaluations"
    found: list[Heard] = []
    for path in track(sorted(PRACTICE.rglob("*.yaml")), "reading"):
        suite = read_suite(path)
        setting = Setting.of(suite.workspace, suite.today, kept)
        found += (one for case in suite.cases for one in heard_in(case, setting))
    for old in LANGUAGES.glob("*/heard/*.txt"):
        old.unlink()
    for path, text in files_of(found):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def heard_in(case: Case, setting: Setting) -> Iterator[Heard]:
    """Yield what is said in a conversation as far as the planner follows it."""
    before: str | None = None
    said = [turn for turn in case.turns if turn.say is not None]
    for turn, step in zip(said, played(case, setting), strict=True):
        wanted = _wanted(turn.expect.alternatives[0] if turn.expect.alternatives else ())
        if wanted and step.before.pending is None:
            # What a bare "why?" is about shows only in what was asked before.
            label = wanted.name if wanted.label == _BARE and before else wanted.label
            one = _as_ranked(label, step.before, setting)
            if before is None or wanted.name != before:
                yield one
            elif len(one.text.split()) <= _MOST_WORDS_ADDED:
                yield Heard(one.code, _ADDS, one.text)
        if step.wrong:
            return
        before = wanted.name if wanted else before


def files_of(heard: Iterable[Heard]) -> Iterator[tuple[Path, str]]:
    """Yield each file and its text; a message stands where it is said most often."""
    labels: dict[tuple[str, str], Counter[str]] = {}
    for one in heard:
        labels.setdefault((one.code, one.text), Counter())[one.label] += 1
    lines: dict[tuple[str, str], list[str]] = {}
    for (code, text), said in labels.items():
        (label, most), *others = said.most_common()
        if all(times < most for _, times in others):
            lines.setdefault((code, label), []).append(text)
    for (code, label), texts in lines.items():
        yield LANGUAGES / code / "heard" / f"{label}.txt", _HEAD + "\n".join(sorted(texts)) + "\n"


def _wanted(calls: Sequence[ExpectedCall]) -> Intent | None:
    """Return what calls of one tool are asked for by; None where there are none, or several."""
    found = {_intent(call) for call in calls}
    return found.pop() if len(found) == 1 else None


def _intent(call: ExpectedCall) -> Intent:
    about = str(call.args.get("about", _DEFAULT_ABOUT)) if call.tool == "explain" else ""
    return Intent(call.tool, about)


def _as_ranked(label: str, before: Dialogue, setting: Setting) -> Heard:
    context = in_its_language(before, setting.context)
    _, sentence = understood(remembered(before, context), context)
    code = context.language.code
    known = {name for name, _ in phrases(context.language)}
    text = sentence.normal(0, len(sentence.text))
    return Heard(code, label if label in known else label.partition(".")[0], text)


if __name__ == "__main__":
    main()
