"""What a person takes back in the same breath: "for Monday, no, Tuesday", "milk, sorry, tea".

Of two things of a kind with words between them that take the first one back, only the second
was meant. The first is blanked, letter by letter, so that all else stays in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.languages.language import Patterns
from agent.planner.strange_words import passing_words
from agent.planner.understanding.days_told import word_before
from agent.planner.understanding.sentence import Sentence
from tools.words import is_ordinary

_TIMES = frozenset({"AHEAD", "BEHIND", "EITHER", "SPAN", "ORDINAL"})
_NAMED = frozenset({"PRODUCT", "CATEGORY", "STORE", "UNKNOWN"})
_SOLD = frozenset({"PRODUCT", "CATEGORY", "UNKNOWN"})
_PLACES = frozenset({"STORE", "UNKNOWN"})
_LAST_WORD = re.compile(r"(?P<word>[^\W\d_]+)\W*$")
_NUMBER_LAST = re.compile(r"\s(?P<number>[^\W_]+)$")
_FILE = "corrections"
_SPOKEN = "spoken_"
_COUNTS = frozenset({"NUMBER", "GROUP", *_TIMES})
_TOLD_APART = frozenset({"PERCENT", "MONEY"})
# What may stand in a day or a count, and how what it takes the place of is found there.
_SAID_ANEW = {"ORDINAL": "spoken_ordinal", "NUMBER": "spoken_number"}
_STOP = re.compile(r"[.?!;]")
_ASKED = re.compile(r"[?]\s+(?=\S)")
_BLANKS = re.compile(" {2,}")
_A_BREATH = 9
_A_FEW = 3
_TWO = 2
_PAUSES = tuple(".,;-\u2013\u2014\u2026")


@dataclass(frozen=True, slots=True)
class _Thing:
    start: int
    end: int
    kind: str


def corrected(sentence: Sentence) -> str:
    """Return the sentence as it was meant in the end; as it is where nothing is taken back."""
    said = sentence.names.sentence
    cues = sentence.context.language.patterns(_FILE)
    if anew := _starts_anew(said, cues):
        return _with_what_is_left_unsaid(sentence, *anew)
    after = cues["takes_back_after"].search(said)
    is_taken_back = after or cues["takes_back_at_once"].search(said)
    if not is_taken_back and not cues["in_place_of"].search(said):
        return said
    things = list(_things(sentence, cues))
    if after and (first := _taken_back_after(after, things, said, cues)):
        return said[: first[0]] + " " * (first[1] - first[0]) + said[first[1] :]
    for match in cues["in_place_of"].finditer(said):
        said = _without_the_former(match, things, said, cues)
    for match in cues["takes_back_at_once"].finditer(said):
        said = _with_other_number(match, things, said, cues)
        said = _less_a_strange_word(match, things, said, sentence)
        for start, end in _taken_back(match, things, said, cues):
            said = said[:start] + " " * (end - start) + said[end:]
    # Figures are looked for near the words they belong to.
    return said if said == sentence.names.sentence else _BLANKS.sub(" ", said)


def _starts_anew(said: str, cues: Patterns) -> tuple[int, int] | None:
    """Return from where to where is taken back what "scratch that" does; None where nothing is.

    "What is drift? And what ran short, I mean which alerts are open?" takes back no question
    that stands before.
    """
    last = next(reversed(list(cues["starts_anew"].finditer(said))), None)
    if last is None or not said[last.end() :].strip(" .,!"):
        return None
    asked = list(_ASKED.finditer(said, 0, last.start())) if last["own"] else []
    return (asked[-1].end() if asked else 0), last.end()


def _with_what_is_left_unsaid(sentence: Sentence, begins: int, start: int) -> str:
    """Return what is said anew, with the thing, place and time before that it leaves unsaid."""
    said, named = sentence.names.sentence, sentence.names.found
    goods = [(one.start, one.end) for one in named if one.kind in ("product", "category")]
    places = [(one.start, one.end) for one in named if one.kind not in ("product", "category")]
    times = [(word_before(said, first), last) for first, last in sentence.times]
    # What names other goods is another question.
    is_whole = any(first >= start for first, _ in goods) or len(said[start:].split()) > _A_BREATH
    before = said[:begins] + " " * (start - begins)
    for kind in () if is_whole else (goods, places, times):
        kept = [] if any(first >= start for first, _ in kind) else kind
        for first, last in kept[-1:]:
            before = before[:first] + said[first:last] + before[last:]
    return before + said[start:]


def _taken_back_after(
    match: re.Match[str], things: list[_Thing], said: str, cues: Patterns
) -> tuple[int, int] | None:
    """Return where what was meant follows what was said: "bread. sourdough, I mean"."""
    before = [one for one in things if one.end <= match.start()]
    if len(before) < _TWO or not _near(before[-1], match, said):
        return None
    first, second = before[-2:]
    between = said[first.end : second.start]
    is_apart = between[:1] in _PAUSES and cues["between_the_two"].fullmatch(between)
    if cues["stands_against"].search(said[: first.start]):
        return None  # "compared with last year... of Q2, I mean"
    return (first.start, second.start) if is_apart and _same_kind(first, second) else None


def _taken_back(
    match: re.Match[str], things: list[_Thing], said: str, cues: Patterns
) -> Iterator[tuple[int, int]]:
    after = [one for one in things if one.start >= match.end()]
    if not after:
        return
    second = min(after, key=lambda one: (one.start, -one.end))
    between = cues["between_the_two"].fullmatch(said[match.end() : second.start])
    if between is None:
        return
    taken_back = match.end() + len(between["remark"] or "")
    if (apart := _said_before(match, second, things, said)) is not None:
        yield apart.start, apart.end
        yield match.start(), taken_back
        return
    before = [one for one in things if one.end <= match.start() and _near(one, match, said)]
    if not before:
        return
    first = before[-1]
    number = _NUMBER_LAST.search(said[first.start : first.end])
    is_number = cues["spoken_number"].fullmatch(said[second.start : second.end]) is not None
    if first.kind in _NAMED and is_number:
        if number and cues["spoken_number"].fullmatch(number["number"]):
            yield first.start + number.start("number"), taken_back  # "product four sorry five"
    elif first.kind in _NAMED and (one := cues["the_one"].match(said, second.end)):
        yield first.end, second.start  # "the butter, I mean the salted one"
        yield second.end, one.end()
    elif _same_kind(first, second):
        yield _said_alike(said, first.start, taken_back), taken_back


def _said_alike(said: str, start: int, end: int) -> int:
    """Return where "top tin products, I mean top ten products" begins to be said again."""
    again = said[end:].split()[:1]
    before = said[:start].split()[-_A_FEW:]
    if not again or again[0].lower() not in (word.lower() for word in before):
        return start
    return said.lower().rindex(again[0].lower(), 0, start)


def _said_before(
    match: re.Match[str], second: _Thing, things: list[_Thing], said: str
) -> _Thing | None:
    """Return what is taken back further before: "20% off the muffins no 25% in downtown"."""
    alike = [one for one in things if one.end <= match.start() and one.kind == second.kind]
    if not alike or second.kind not in _TOLD_APART:
        return None
    between = said[alike[-1].end : match.start()]
    is_one_breath = not _STOP.search(between) and 0 < len(between.split()) <= _A_BREATH
    return alike[-1] if is_one_breath else None


def _with_other_number(
    match: re.Match[str], things: list[_Thing], said: str, cues: Patterns
) -> str:
    """Put the number that was meant into the day or count before.

    "The fifteenth of June no the sixteenth", "5 days, no wait, it's 10 now".
    """
    first = next((o for o in reversed(things) if o.end <= match.start()), None)
    second = next((o for o in things if o.start >= match.end()), None)
    if first is None or second is None or first.kind not in _TIMES:
        return said
    spoken = _SAID_ANEW.get(second.kind)
    former = spoken and cues[spoken].search(said[first.start : first.end])
    is_next = cues["between_the_two"].fullmatch(said[match.end() : second.start])
    if not former or not is_next or not _near(first, match, said):
        return said
    whole = said[first.start : first.end]
    meant = whole[: former.start()] + said[second.start : second.end] + whole[former.end() :]
    return said[: first.start] + meant.ljust(second.end - first.start) + said[second.end :]


def _less_a_strange_word(
    match: re.Match[str], things: list[_Thing], said: str, sentence: Sentence
) -> str:
    """Blank a word that names nothing known and is taken back: "400 muesli, I mean granola"."""
    second = next((one for one in things if one.start >= match.end()), None)
    word = _LAST_WORD.search(said[: match.start()])
    if second is None or word is None or second.kind not in _SOLD:
        return said
    is_next = not said[match.end() : second.start].strip()
    language, text = sentence.context.language, word["word"].casefold()
    is_known = text in passing_words(language) or is_ordinary(text, language.code)
    is_a_thing = any(one.start <= word.start("word") < one.end for one in things)
    if not is_next or is_known or is_a_thing:
        return said
    start = word.start("word")
    return said[:start] + " " * (second.start - start) + said[second.start :]


def _without_the_former(
    match: re.Match[str], things: list[_Thing], said: str, cues: Patterns
) -> str:
    """Leave out the figure that held before: "10 days instead of 7", "12 instead of 7 days"."""
    first = next((o for o in things if o.end == match.start()), None)
    second = next((o for o in things if o.start == match.end()), None)
    if first is None or second is None:
        return said
    counts = [cues["spoken_number"].match(said[one.start : one.end]) for one in (first, second)]
    kinds = {first.kind, second.kind}
    alike = len(kinds) == 1 or kinds <= _COUNTS
    is_bare = kinds == {"NUMBER"} and not cues["counted"].match(said[second.end :])
    # A bare "95 instead of 80" takes the place of a figure of the answer before.
    if not alike or is_bare or (not all(counts) and first.kind not in _TOLD_APART):
        return said
    number = counts[1]
    is_unit_told_last = first.kind == "NUMBER" and second.kind in _TIMES and number is not None
    end = second.start + number.end() if is_unit_told_last and number else second.end
    return said[: match.start()] + " " * (end - match.start()) + said[end:]


def _near(one: _Thing, match: re.Match[str], said: str) -> bool:
    return not said[one.end : match.start()].strip(" ,.;-\u2013\u2014\u2026")


def _same_kind(first: _Thing, second: _Thing) -> bool:
    figures = frozenset({"PERCENT", "MONEY", "NUMBER"})
    counted = frozenset({"NUMBER", "GROUP"})
    groups = (_TIMES, _SOLD, _PLACES, figures, counted, frozenset({"MEASURE"}))
    return any(first.kind in group and second.kind in group for group in groups)


def _things(sentence: Sentence, cues: Patterns) -> Iterator[_Thing]:
    """Yield what is named, dated or counted, in order; of those that overlap the first."""
    taken = [_Thing(*one) for one in sentence.replaced]
    taken += [
        _Thing(*at, "UNKNOWN")
        for at in sentence.names.unknown
        if not any(one.start < at[1] and at[0] < one.end for one in taken)
    ]
    for name in cues.names():
        if name.startswith(_SPOKEN):
            kind = name.removeprefix(_SPOKEN).upper()
            for match in cues[name].finditer(sentence.names.sentence.lower()):
                new = _Thing(*match.span(), kind)
                if not any(one.start < new.end and new.start < one.end for one in taken):
                    taken.append(new)
    yield from sorted(taken, key=lambda one: (one.start, one.end))
