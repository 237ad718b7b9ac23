"""A bare question at the end of a message, or before it, is about what else it tells.

"Detergent hardly moved in Downtown last week. Any explanation?" names nothing where it asks, and
asks nothing where it names: the sentences beside it are its subject.
"""

from dataclasses import dataclass

from agent.planner.understanding.asking import NAMES, TIMES, acts, requests, sentences
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.ranking import Ranked
from agent.planner.understanding.sentence import Sentence

_BARE = 7
_ENOUGH = 0.5
_ASKED = frozenset({"explain", "what_if"})
_CHANGES = frozenset({"PERCENT", "MONEY"})
_TOLD_OF = frozenset({"miss", "revision"})
_MOVED = {"what_if": _CHANGES, "counterfactual": frozenset({"NUMBER"})}

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the last words of a message ask of what it told.

    Attributes:
        stretch: From where it is told to the end of the message.
        best: What is wanted of it.
        before: The sentences before that.
    """

    stretch: Stretch
    best: Ranked
    before: tuple[Stretch, ...]


def asked_at_the_end(sentence: Sentence) -> Asked | None:
    """Return what the last words of a message ask of what it told; None where they do not."""
    told = sentences(sentence)
    last = told.pop() if told else (0, 0)
    if not told and (comma := sentence.text.rfind(", ", *last)) > 0:
        told, last = [(last[0], comma)], (comma + 1, last[1])
    told, last, trailing = _with_what_trails(sentence, told, last)
    wanted = _wanted(sentence, last) if told else None
    if wanted is None and told and (wanted := _reasons_first(sentence, told[0])):
        told, last = [*told[1:], last], told[0]  # "Reasons please: Beverages last month"
    if wanted is None or any(_asks(sentence, one, wanted) for one in told):
        return None
    first = _subject(sentence, told, wanted)
    if first is None:
        return None
    said = (min(told[first][0], last[0]), max(told[-1][1], last[1]))
    beside = (*told[:first], *trailing)
    end = max(one[1] for one in (said, *trailing))
    return Asked((said[0], end), _ranked(sentence, said, last, wanted), beside)


def _asks(sentence: Sentence, told: Stretch, wanted: str) -> bool:
    """Tell whether a sentence asks by itself: "we want to sell 260" only tells what to reach."""
    asking = sentence.context.language.patterns("asking")
    if wanted == "counterfactual" and asking["tells_aim"].match(sentence.normal(*told)):
        return False
    return requests(sentence, *told) or acts(sentence, *told)


def _with_what_trails(
    sentence: Sentence, told: list[Stretch], last: Stretch
) -> tuple[list[Stretch], Stretch, list[Stretch]]:
    """Return what is told, what is asked, and what is only told after: "I need it for a slide"."""
    stretches = [*told, last]
    for place in range(len(stretches) - 1, 0, -1):
        if _wanted(sentence, stretches[place]):
            return stretches[:place], stretches[place], stretches[place + 1 :]
        if requests(sentence, *stretches[place]):
            break
    return told, last, []


def _reasons_first(sentence: Sentence, opening: Stretch) -> str | None:
    """Return that an explanation is wanted where the first words ask for nothing but one."""
    asking = sentence.context.language.patterns("asking")
    return "explain" if asking["reasons"].search(sentence.normal(*opening)) else None


def _wanted(sentence: Sentence, last: Stretch) -> str | None:
    """Return the tool that a few words ask for which name, date and count nothing."""
    normal = sentence.normal(*last)
    words = normal.split()
    asking = sentence.context.language.patterns("asking")
    if asking["reach"].search(normal):
        return "counterfactual"
    if len(words) > _BARE or any(word.isupper() and len(word) > 1 for word in words):
        return None
    if asking["effect"].search(normal):
        return "what_if"
    if asking["reasons"].search(normal):
        return "explain"
    best = sentence.ranked(*last)[0]
    is_asked = best.intent.name in _ASKED and best.share >= _ENOUGH
    return best.intent.name if is_asked else None


def _subject(sentence: Sentence, told: list[Stretch], wanted: str) -> int | None:
    """Return the last sentence from which on things are named, and dated where anything is."""
    said = [set(sentence.normal(*one).split()) for one in told]
    named = [n for n, words in enumerate(said) if words & NAMES]
    dated = [n for n, words in enumerate(said) if words & TIMES]
    if wanted in _MOVED:
        is_tried = wanted == "what_if"
        changed = [
            n
            for n, words in enumerate(said)
            if words & _MOVED[wanted] or (is_tried and _promotes(words))
        ]
        if changed and named and said[changed[-1]] & TIMES:
            return changed[-1]  # what is told before it names the thing, but not the days
        return min(changed[-1], named[-1]) if changed and named else None
    if not named and not dated:
        return None
    return min(*(group[-1] for group in (named or dated, dated or named)))


def _promotes(words: set[str]) -> bool:
    return any(word.startswith(("promot", "aktion")) for word in words)


def _ranked(sentence: Sentence, said: Stretch, last: Stretch, wanted: str) -> Ranked:
    """Return what is wanted, and of an explanation what it explains."""
    if wanted in _MOVED:
        return Ranked(Intent(wanted), 1.0)
    asked = sentence.ranking.of(sentence.normal(*last))[0]
    if asked.intent.about in ("revision", "miss") and asked.share >= _ENOUGH:
        return asked
    ranking = sentence.ranking.of(sentence.normal(*said))
    about = next((one for one in ranking if one.intent.name == wanted and one.intent.about), None)
    is_told = sentence.context.language.patterns("asking")["foretold_by_us"].search(
        sentence.text[said[0] : said[1]]
    )
    is_clear = about is not None and about.intent.about in _TOLD_OF and about.share >= _ENOUGH
    if about is None or (about.intent.about != "change" and not (is_told or is_clear)):
        return Ranked(Intent(wanted, "change"), 1.0)
    return Ranked(about.intent, 1.0)
