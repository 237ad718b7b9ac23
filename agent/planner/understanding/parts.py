"""Cuts a message into its wishes.

A message is cut at sentence ends, commas and conjunctions into clauses, each of which is ranked.
A clause that wants something by itself is a wish; one that only adds ("at Riverside", "and
bagels") belongs to the wish before it, or to the one it leads up to; one that wants nothing
("I have a meeting tomorrow") is set aside, and read only where the wish lacks what it names.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.specs import SPECS
from agent.planner.understanding.anew import is_another, repeats, says_otherwise, steps_on
from agent.planner.understanding.asking import (
    NAMES,
    TIMES,
    asked_most,
    says,
    stands_alone,
)
from agent.planner.understanding.besides import goes_on_first
from agent.planner.understanding.clause import ADDS, SOCIAL, Clause
from agent.planner.understanding.clauses import clauses_of
from agent.planner.understanding.closing import asked_at_the_end
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.merging import merged
from agent.planner.understanding.part import Part
from agent.planner.understanding.said_of_it import is_its_reason, takes_with_it
from agent.planner.understanding.sentence import Sentence
from agent.planner.understanding.told_of_one import told_of_one

_DOUBTED = 0.8
_MUCH = 25
_BY_TIME = frozenset({"forecast", "sales_history"})


def parts_of(sentence: Sentence) -> list[Part]:
    """Return the wishes of a sentence in their order; at least one."""
    if asked := asked_at_the_end(sentence):
        return [Part(*asked.stretch, asked.best.intent, asked.best.share, asked.before)]
    gathered, clauses = _Gathered(sentence), clauses_of(sentence)
    for place, clause in enumerate(clauses, start=1):
        gathered.take(clause, clauses[place:])
    gathered.close()
    parts, asides = gathered.parts, gathered.asides
    kept = [part for part in parts if not _is_social(part.intent)]
    if len(kept) == 1 and (asides or kept[0].asides):
        return [_of_all(sentence, replace(kept[0], after=tuple(asides)))]
    if len(kept) > 1:
        return kept
    return [_lone(sentence, kept[0] if kept else None, gathered)]


class _Gathered:
    """The wishes of a message so far, and what is not yet part of one."""

    def __init__(self, sentence: Sentence) -> None:
        self.parts: list[Part] = []
        self.asides: list[tuple[int, int]] = []
        self.named: tuple[int, int] | None = None
        self._sentence = sentence
        self._added: tuple[int, int] | None = None

    def take(self, clause: Clause, following: Sequence[Clause]) -> None:
        """Take the next clause; a word of thanks is neither added to nor adds."""
        if self._is_told_of_one(clause, following):
            return
        last = self._last
        here = (clause.start, clause.end)
        if last and repeats(last, clause, self._sentence):
            self.parts.append(Part(*here, last.intent, last.share))
        elif last and says_otherwise(self._wanted(), last, clause, self._sentence):
            before, best = self._wanted(), clause.best
            is_wish = clause.kind == "wish" and before and best.intent.name == before.name
            self.parts.append(Part(*here, *((best.intent, best.share) if is_wish else (None,))))
        elif last and clause.kind == "more" and self._asks_anew(last, clause):
            self.parts.append(Part(*here, None))
        elif clause.kind == "wish" and not (last and is_its_reason(last, clause, self._sentence)):
            self._wish(clause, last)
        elif clause.kind == "more" and self._heads_what_follows(clause, last):
            self._added = here if self._added is None else (self._added[0], clause.end)
        elif last and (
            clause.kind in ("more", "wish") or takes_with_it(last, clause, self._sentence)
        ):
            asides = (*last.asides, *self.asides)
            self.parts[-1] = replace(last, end=clause.end, asides=asides)
            self.asides = []
        else:
            self._keep(clause)

    def _keep(self, clause: Clause) -> None:
        """Keep what is of no wish yet: it may lead up to the next one, or only tells."""
        if clause.kind == "more":
            self._added = clause.at if self._added is None else (self._added[0], clause.end)
            if _names_something(self._added, self._sentence):
                self.named = self._added
            return
        if self._added is not None and clause.kind != "background":
            self.asides.append(self._added)
            self._added = None
        self.asides.append(clause.at)

    def close(self) -> None:
        """End the message: a label that nothing followed adds to the wish before it."""
        if self._added is not None and self._last is not None:
            self.parts[-1] = replace(self._last, end=self._added[1])
            self._added = None

    def _wish(self, clause: Clause, last: Part | None) -> None:
        if _is_social(clause.best.intent):
            self.parts += [] if last else [Part(clause.start, clause.end, clause.best.intent)]
            self.asides.append((clause.start, clause.end))
            return
        here = (clause.start, clause.end)
        is_led_up_to = self._added is not None
        is_new = is_led_up_to or (last is not None and is_another(last, here, self._sentence))
        if last and not is_new and (one := merged(last, clause, self._sentence)):
            self.parts[-1] = one
            return
        best = clause.best
        if self._added is not None and self._stands_before(best.intent, here):
            self.parts.append(Part(*self._added, None))
            self._added = None
        start = clause.start if self._added is None else self._added[0]
        self.parts.append(Part(start, clause.end, best.intent, best.share, tuple(self.asides)))
        self._added, self.asides = None, []

    @property
    def _last(self) -> Part | None:
        return next((one for one in self.parts[-1:] if not _is_social(one.intent)), None)

    def _is_told_of_one(self, clause: Clause, following: Sequence[Clause]) -> bool:
        """Take a clause that asks with details of its own, and what is told with it."""
        last, sentence = self._last, self._sentence
        if last and clause.end <= last.end:
            return True
        first = None if last else self._named_first(clause, following)
        before = last or first
        wanted = self._wanted() if last else (first.intent if first else None)
        at = (before.start, before.end) if before else (0, 0)
        own = told_of_one(wanted, at, clause, following, sentence)
        if own is None:
            return False
        if first:
            self.parts.append(first)
            self._added = None
        best = clause.best
        is_whole = clause.kind == "wish" and best.intent == wanted
        # What names a place alone leaves out of what it asks.
        is_whole = is_whole and bool(sentence.names.within(*clause.at).things)
        self.parts.append(Part(*own, *((best.intent, best.share) if is_whole else (None,))))
        return True

    def _named_first(self, clause: Clause, following: Sequence[Clause]) -> Part | None:
        """Return what is named first in a message that only names."""
        if self._added is None or any(one.kind == "wish" for one in (clause, *following)):
            return None
        best = self._sentence.ranked(*self._added)[0]
        return Part(*self._added, best.intent, best.share) if best.intent.name in SPECS else None

    def _heads_what_follows(self, clause: Clause, last: Part | None) -> bool:
        """Tell whether "Milk:" opens a sentence after a wish, and names what the next is of."""
        if last is None:
            return False
        if self._added is not None:
            return True
        sentence = self._sentence
        is_label = sentence.text[slice(*clause.at)].rstrip().endswith(":")
        ends = sentence.cues["cut_sentence"].finditer(sentence.text, last.start, clause.start + 1)
        is_first = any(one.end() == clause.start for one in ends)
        return is_label and is_first and _names_something(clause.at, sentence)

    def _wanted(self) -> Intent | None:
        """Return what is wanted last, be it that the last part only adds to it."""
        return next((one.intent for one in reversed(self.parts) if one.intent is not None), None)

    def _asks_anew(self, last: Part, clause: Clause) -> bool:
        here, sentence = clause.at, self._sentence
        is_new = is_another(last, here, sentence) or self._is_apart(last.intent, here)
        return is_new or steps_on(self._wanted(), last, clause, sentence)

    def _stands_before(self, intent: Intent, here: tuple[int, int]) -> bool:
        """Tell whether what was said before a wish is a question of its own."""
        if self._added is None:
            return False
        names = self._sentence.cues["only_names"].search(self._sentence.normal(*self._added))
        both = names and all(stands_alone(self._sentence, *one) for one in (self._added, here))
        if both or self._is_apart(intent, self._added) or self._is_besides(intent, here):
            return True
        return goes_on_first(self._added, here, self._sentence)

    def _is_besides(self, intent: Intent, here: tuple[int, int]) -> bool:
        """Tell whether "milk next week, and the best discount" asks for two things."""
        if self._added is None or intent.name not in SPECS:
            return False
        if not stands_alone(self._sentence, *self._added):
            return False
        if intent.name in _BY_TIME and not TIMES & set(self._sentence.normal(*here).split()):
            return False
        between = self._sentence.text[self._added[1] : here[0]]
        joined = self._sentence.cues["asks_besides"].fullmatch(between)
        return joined is not None or self._is_asked_before(here)

    def _is_asked_before(self, here: tuple[int, int]) -> bool:
        """Tell whether what was said before is a question, and a wish asks on after it."""
        if self._added is None or not self._is_a_sentence(*self._added):
            return False
        asks_on = self._sentence.context.language.patterns("asking")["asks_on"]
        return asks_on.match(self._sentence.text[slice(*here)]) is not None

    def _is_a_sentence(self, start: int, end: int) -> bool:
        """Tell whether words are a sentence: "Tea next week at Lakeside?", or a label."""
        text = self._sentence.text[start:end]
        return text.endswith("?") or (text.endswith(".") and not says(self._sentence, start, end))

    def _is_apart(self, beside: Intent | None, here: tuple[int, int]) -> bool:
        is_refused = beside is not None and beside.name == "out_of_scope"
        return is_refused and stands_alone(self._sentence, *here)


def _is_social(intent: Intent | None) -> bool:
    return intent is not None and intent.name in SOCIAL


def _lone(sentence: Sentence, part: Part | None, gathered: _Gathered) -> Part:
    """Return the one wish of a message none of whose clauses wants something for sure."""
    asides = tuple(gathered.asides)
    if part is not None or not asides:
        return _whole(sentence, part)
    asked = asked_most(sentence)
    if asked is not None:
        start, end, best = asked
        if gathered.named and gathered.named[0] <= start < end <= gathered.named[1]:
            start, end = gathered.named  # "Tea next week. And juice. I pour it"
        before = tuple(one for one in asides if one[1] <= start)
        after = tuple(one for one in asides if one[0] >= end)
        return Part(start, end, best.intent, best.share, before, after)
    if gathered.named is not None:
        left = tuple(one for one in asides if one != gathered.named)
        return Part(*gathered.named, None, asides=left)
    return _whole(sentence, part)


def _names_something(stretch: tuple[int, int], sentence: Sentence) -> bool:
    return any(word in NAMES for word in sentence.normal(*stretch).split())


def _of_all(sentence: Sentence, part: Part) -> Part:
    """Return the one wish of a message, or what it wants as a whole where that is surer."""
    best = sentence.ranked(0, len(sentence.text))[0]
    is_brief = len(sentence.text.split()) < _MUCH
    is_surer = (
        is_brief and part.share < _DOUBTED and best.intent.name in SPECS and best.share > part.share
    )
    return Part(0, len(sentence.text), best.intent, best.share) if is_surer else part


def _whole(sentence: Sentence, part: Part | None) -> Part:
    """Return the whole sentence as one wish: of what the sentence or its one clause wants."""
    everything = (0, len(sentence.text))
    best = sentence.ranked(*everything)[0]
    if part and part.intent and (part.share >= best.share or best.intent.name in ADDS):
        return Part(*everything, part.intent, part.share)
    return Part(*everything, None if best.intent.name in ADDS else best.intent, best.share)
