"""Cuts a message into its wishes.

A message is cut at sentence ends, commas and conjunctions into clauses, each of which is ranked.
A clause that wants something by itself is a wish; one that only adds ("at Riverside", "and
bagels") belongs to the wish before it, or to the one it leads up to; one that wants nothing
("I have a meeting tomorrow") is set aside, and read only where the wish lacks what it names.
"""

from dataclasses import dataclass, replace

from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding.asking import (
    NAMES,
    asked_most,
    requests,
    stands_alone,
    tells_a_figure,
    tells_how,
)
from agent.planner.understanding.clauses import ADDS, SOCIAL, Clause, clauses_of
from agent.planner.understanding.closing import asked_at_the_end
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.sentence import Sentence

_DOUBTED = 0.8
_MUCH = 25
_SURE_OF_MORE = 0.7
_FEW_WORDS = 5
_LABEL = 2
TAKES_FIGURES = frozenset({"plan_inventory", "optimize_discount", "counterfactual", "what_if"})
_TAKES_REASONS = TAKES_FIGURES | {
    "detect_anomalies",
    "record_decision",
    "acknowledge_alert",
    "retrain",
    "stop_rollout",
}
_REPEATABLE = frozenset({"what_if", "forecast", "optimize_discount"})
_SAID_TWICE = frozenset({"detect_anomalies", "explain"})
_LONG = frozenset({"counterfactual", "plan_inventory", "optimize_discount", "list_alerts"})
_GO_WITH = {
    "retrain": frozenset({"promote", "retrain"}),
    "audit_trail": frozenset({"promote", "retrain", "rollback", "audit_trail"}),
    "out_of_scope": frozenset({"out_of_scope"}),
}
_ASKED_AGAIN = frozenset({"forecast", "sales_history", "optimize_discount", "detect_anomalies"})
_STATED = frozenset({"sales_history", "explain", "detect_anomalies", "what_if", "forecast"})


@dataclass(frozen=True, slots=True)
class Part:
    """One wish of a message.

    Attributes:
        start: Where its stretch of the text begins.
        end: Where it ends.
        intent: What it wants; None where it only adds to what was said before.
        share: How likely that is.
        asides: Stretches before it that want nothing themselves.
        after: Such stretches after it.
    """

    start: int
    end: int
    intent: Intent | None
    share: float = 1.0
    asides: tuple[tuple[int, int], ...] = ()
    after: tuple[tuple[int, int], ...] = ()


def parts_of(sentence: Sentence) -> list[Part]:
    """Return the wishes of a sentence in their order; at least one."""
    if asked := asked_at_the_end(sentence):
        return [Part(*asked.stretch, asked.best.intent, asked.best.share, asked.before)]
    gathered = _Gathered(sentence)
    for clause in clauses_of(sentence):
        gathered.take(clause)
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

    def take(self, clause: Clause) -> None:
        """Take the next clause; a word of thanks is neither added to nor adds."""
        last = next((one for one in self.parts[-1:] if not _is_social(one.intent)), None)
        here = (clause.start, clause.end)
        if last and _says_it_again(last, clause, self._sentence):
            self.parts.append(Part(*here, last.intent, last.share))
        elif last and clause.kind == "more" and self._asks_anew(last, here):
            self.parts.append(Part(*here, None))
        elif clause.kind == "wish" and not (last and _is_its_reason(last, clause, self._sentence)):
            self._wish(clause, last)
        elif last and (
            clause.kind in ("more", "wish") or _takes_reasons(last, clause, self._sentence)
        ):
            asides = (*last.asides, *self.asides)
            self.parts[-1] = replace(last, end=clause.end, asides=asides)
            self.asides = []
        elif clause.kind == "more":
            self._added = here if self._added is None else (self._added[0], clause.end)
            if _names_something(self._added, self._sentence):
                self.named = self._added
        else:
            if self._added is not None and clause.kind != "background":
                self.asides.append(self._added)
                self._added = None
            self.asides.append(here)

    def _wish(self, clause: Clause, last: Part | None) -> None:
        if _is_social(clause.best.intent):
            self.parts += [] if last else [Part(clause.start, clause.end, clause.best.intent)]
            self.asides.append((clause.start, clause.end))
            return
        here = (clause.start, clause.end)
        is_another = last is not None and _is_another(last, here, self._sentence)
        if last and not is_another and (merged := _merged(last, clause, self._sentence)):
            self.parts[-1] = merged
            return
        best = clause.best
        if self._added is not None and self._stands_before(best.intent, here):
            self.parts.append(Part(*self._added, None))
            self._added = None
        start = clause.start if self._added is None else self._added[0]
        self.parts.append(Part(start, clause.end, best.intent, best.share, tuple(self.asides)))
        self._added, self.asides = None, []

    def _asks_anew(self, last: Part, here: tuple[int, int]) -> bool:
        return _is_another(last, here, self._sentence) or self._is_apart(last.intent, here)

    def _stands_before(self, intent: Intent, here: tuple[int, int]) -> bool:
        """Tell whether what was said before a wish is a question of its own."""
        if self._added is None:
            return False
        names = self._sentence.cues["only_names"].search(self._sentence.normal(*self._added))
        both = names and all(stands_alone(self._sentence, *one) for one in (self._added, here))
        return bool(both) or self._is_apart(intent, self._added)

    def _is_apart(self, beside: Intent | None, here: tuple[int, int]) -> bool:
        is_refused = beside is not None and beside.name == "out_of_scope"
        return is_refused and stands_alone(self._sentence, *here)


def _is_another(last: Part, here: tuple[int, int], sentence: Sentence) -> bool:
    """Tell whether a thing and a time are named again beside those of the wish before.

    "Milk last week, and bagels in May" are two questions, not milk and bagels on all these days.
    """
    both = ((last.start, last.end), here)
    if not all(stands_alone(sentence, *one) for one in both):
        return False
    if last.intent is None:
        return True
    told, named = (set(sentence.names.within(*one).things) for one in both)
    return last.intent.name in _ASKED_AGAIN or (last.intent.name == "explain" and not told & named)


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
        before = tuple(one for one in asides if one[1] <= start)
        after = tuple(one for one in asides if one[0] >= end)
        return Part(start, end, best.intent, best.share, before, after)
    if gathered.named is not None:
        left = tuple(one for one in asides if one != gathered.named)
        return Part(*gathered.named, None, asides=left)
    return _whole(sentence, part)


def _names_something(stretch: tuple[int, int], sentence: Sentence) -> bool:
    return any(word in NAMES for word in sentence.normal(*stretch).split())


def _says_it_again(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether "chips cost $2 and bagels cost $3" says two things, not one of both."""
    if last.intent is None or last.intent.name not in _REPEATABLE:
        return False
    starts_so = sentence.cues["starts_with_name"].search(sentence.normal(clause.start, clause.end))
    if clause.kind == "wish" and clause.best.intent != last.intent and not starts_so:
        return False
    both = (sentence.text[last.start : last.end], sentence.text[clause.start : clause.end])
    return all("__" in one and _figure(one, sentence) for one in both)


def _takes_reasons(part: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether what is told after a wish is its reason, or a figure that it needs."""
    if part.intent is None or part.intent.name not in _TAKES_REASONS:
        return False
    return (
        part.intent.name in CHANGES_SOMETHING
        or tells_a_figure(sentence, clause.start, clause.end)
        or tells_how(part.intent.name, sentence, clause.start, clause.end)
    )


def _is_its_reason(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether "stop the canary, latency is too high" states why, and asks nothing more."""
    if last.intent is None or last.intent.name not in _TAKES_REASONS & CHANGES_SOMETHING:
        return False
    if requests(sentence, clause.start, clause.end):
        return False
    text = sentence.text[clause.start : clause.end]
    states = sentence.context.language.patterns("asking")["states"]
    # "Acknowledge AL-3, sensor glitch": words that no tool could want say why.
    is_noted = not sentence.text[last.end : clause.start].strip(" ,;:-\u2013\u2014")
    is_noted = is_noted and clause.best.intent.name == "out_of_scope"
    return (is_noted or states.match(text) is not None) and (
        clause.best.intent.name not in CHANGES_SOMETHING
    )


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


def _merged(last: Part, clause: Clause, sentence: Sentence) -> Part | None:
    """Return the wish before with a clause that belongs to it; None when it is its own wish."""
    if last.intent is None:
        return None
    text = sentence.text[clause.start : clause.end]
    told = replace(last, end=clause.end)
    if _is_its_aim(last, clause, sentence):
        return replace(told, intent=clause.best.intent, share=clause.best.share)
    if _is_bare(text, sentence) and (wanted := _asked_of(last, clause, sentence)):
        return replace(told, intent=wanted)
    is_of_it = _is_bare(text, sentence) and _is_of_what_was_named(last, clause, text, sentence)
    return told if is_of_it or _goes_on(last, clause, text, sentence) else None


def _is_its_aim(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether what was to be sold is only why a discount is asked for.

    "We must clear the strawberries, what discount would you give?" counts nothing to be reached.
    """
    is_advice = clause.best.intent.name == "optimize_discount"
    if not is_advice or last.intent is None or last.intent.name != "counterfactual":
        return False
    return "NUMBER" not in sentence.normal(last.start, clause.end).split()


def _asked_of(last: Part, clause: Clause, sentence: Sentence) -> Intent | None:
    """Return what "why?" or "what happens?" makes of the statement before it."""
    before = last.intent.name if last.intent else ""
    if clause.best.intent.name == "explain" and before in _STATED and _is_statement(last, sentence):
        return last.intent if before == "explain" else Intent("explain", "change")
    if clause.best.intent.name == "forecast" and before == "sales_history":
        # "Cold brew units, Black Friday, forecast" names last what is wanted.
        is_over = "BEHIND" in sentence.normal(last.start, last.end).split()
        is_label = len(sentence.text[clause.start : clause.end].split()) <= _LABEL
        return clause.best.intent if is_label and not is_over else None
    is_tried = before in {*_REPEATABLE, "counterfactual"}
    return Intent("what_if") if clause.best.intent.name == "what_if" and is_tried else None


def _goes_on(last: Part, clause: Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a clause only adds to the wish before it."""
    before, intent = last.intent or Intent("more"), clause.best.intent
    is_deed = sentence.cues["deed_aside"].match(text) is not None
    if before.name in _GO_WITH:
        return intent.name in _GO_WITH[before.name] or (is_deed and before.name == "retrain")
    if before.name == "what_if":
        told = sentence.text[last.start : last.end]
        is_whole = "__" in told and _figure(told, sentence)
        is_bare = intent == before and not (is_whole and "__" in text)
        return is_bare or (intent.name in {"promote", "optimize_discount"} and is_deed)
    if before.name in _TAKES_REASONS:
        if intent == before and "_ID" not in sentence.normal(clause.start, clause.end):
            return True
        return clause.best.share < _SURE_OF_MORE
    is_more = intent.name == "sales_history" and not sentence.cues["own_question"].search(text)
    both_name = "__" in text and "__" in sentence.text[last.start : last.end]
    twice = intent.name == before.name and intent.name in _SAID_TWICE
    same = twice or (intent == before and intent.name in _LONG and not both_name)
    if intent == before and not _has_content(last.start, last.end, sentence):
        return True  # "across all we sell, what do you expect next month"
    return is_more or same or (intent == before and not _asks_again(text, sentence))


def _is_of_what_was_named(last: Part, clause: Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a few words that seem to want another tool are about what the wish names.

    "How accurate is the model, and did it get worse?" asks of no sales; "2.99 or 3.29, which is
    better?" compares no models.
    """
    before, intent = last.intent or Intent("more"), clause.best.intent
    if before.name not in SPECS or intent.name not in SPECS:
        return False
    if before.name in _REPEATABLE and intent.name == "compare_models":
        return sentence.cues["shows_model"].search(text) is None
    refers = sentence.context.language.patterns("asking")["refers"].search(text)
    is_other = SPECS[intent.name].about_items and not SPECS[before.name].about_items
    return is_other and refers is not None


def _has_content(start: int, end: int, sentence: Sentence) -> bool:
    """Tell whether a stretch names, dates or counts anything."""
    return any(word.isupper() and len(word) > 1 for word in sentence.normal(start, end).split())


def _asks_again(text: str, sentence: Sentence) -> bool:
    """Tell whether a clause is a question of its own, and not more of the one before."""
    opening = " ".join(text.split()[:_FEW_WORDS])
    return "__" in text or sentence.cues["own_question"].search(opening) is not None


def _is_bare(text: str, sentence: Sentence) -> bool:
    return len(text.split()) <= _FEW_WORDS and "__" not in text and not _figure(text, sentence)


def _is_statement(part: Part, sentence: Sentence) -> bool:
    """Tell whether a wish only tells of a move: "sales fell last week, why?"."""
    text = sentence.text[part.start : part.end]
    if sentence.cues["asked"].search(text):
        return False
    return sentence.cues["moved"].search(text) is not None


def _figure(text: str, sentence: Sentence) -> bool:
    return sentence.cues["own_figure"].search(text) is not None
