"""Whether every figure, day, id and word for a change in an answer comes from somewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.grounding.calendar import days_said
from agent.grounding.claims import claims, day_mentions
from agent.grounding.days import loose_days
from agent.grounding.facts import ALL, Fact, Facts
from agent.grounding.fixed import without_fixed, without_numbers
from agent.grounding.gathering import gathered
from agent.grounding.layout import Layout
from agent.grounding.lexicon import Lexicon, lexicon, spoken_in
from agent.grounding.matching import is_money
from agent.grounding.naming import Mention, Name, NameBook, all_names, hidden, named
from agent.grounding.pairs import descending, named_twice
from agent.grounding.quoting import (
    in_language,
    misplaced,
    misquoted,
    misspelt,
    quotes,
    without_paths,
    without_repeated,
)
from agent.grounding.reading import TAKEN, Written, written
from agent.grounding.saying import Said, quoted_in, told_in
from agent.grounding.standing import Sources, loose_figures
from agent.grounding.trends import Trends, loose_words

_TOOLS_SPEAK = "en"


@dataclass(frozen=True, slots=True)
class Grounding:
    """What came of checking an answer."""

    checked: int
    ungrounded: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {"checked": self.checked, "ungrounded": list(self.ungrounded)}


def check(
    answer: str,
    results: Sequence[Mapping[str, Any]],
    words: Iterable[str],
    today: str = "",
    names: Sequence[Name] = (),
) -> Grounding:
    """Check an answer.

    Args:
        answer: The text that a person would get.
        results: The calls of this turn as `Answer.calls` lists them.
        words: What the person said in this conversation.
        today: ISO date; an answer may name it.
        names: What the tenant calls its things, as kind, id and name: naming one that no result
            is about gives its figures no ground.
    """
    told = list(words)
    facts = gathered(results)
    is_of_many = sum("tool" in one for one in results) > 1
    if not any("tool" in one for one in results):
        answer = without_repeated(answer, told)
    own = hidden(answer, facts.texts)
    conversation = _Told(tuple(told), today, tuple(names), is_of_many)
    best: Grounding | None = None
    for code in spoken_in(own):
        found = _checked(answer, facts, conversation, lexicon(code))
        if not found.ungrounded:
            return found
        if best is None or len(found.ungrounded) < len(best.ungrounded):
            best = found
    return best or Grounding(0, ())


@dataclass(frozen=True, slots=True)
class _Told:
    """What goes with an answer besides its results."""

    words: tuple[str, ...]
    today: str
    names: tuple[Name, ...]
    is_of_many: bool


def _checked(answer: str, facts: Facts, told: _Told, speech: Lexicon) -> Grounding:
    text = without_numbers(without_fixed(speech["short"].sub(_spelt_out, answer)))
    text, strange = without_paths(text, facts)
    parts = quotes(facts, speech)
    text = hidden(text, parts)
    every, own = all_names(told.names), frozenset(one[:2] for one in facts.names)
    names = [*_told_of(facts, speech), *_others(every.sharing_a_word(text), facts)]
    mentions, text = named(text, NameBook(names, own, speech), speech, every.ids | own)
    stated = written(text, speech)
    sources = _sources(facts, told.words, told.today, speech)
    if not _names_driver(answer, names):
        # In other words they may be called otherwise.
        facts = replace(facts, figures=tuple(map(_without_driver, facts.figures)))
        sources = replace(sources, facts=facts)
    mentions += _otherwise_named(stated, facts, speech)
    mentions.sort(key=lambda one: one.start)
    layout = Layout(stated.rest, stated.figures, speech, is_of_many=told.is_of_many)
    days = day_mentions(stated.moments, stated.rest, speech)
    made = claims(layout, mentions, days)
    trends = Trends(facts, sources.words)
    loose = [
        *loose_figures(made, sources, layout),
        *loose_days(stated, days, sources, layout),
        *(one.text for one in stated.ids if one.text not in sources.ids),
        *(one.text for one in stated.times if one.text not in sources.times),
        *loose_words(layout, stated, mentions, trends),
        *misspelt(layout.rest, speech),
        *descending(layout),
        *named_twice(answer, mentions),
        *misquoted(answer, parts),
        *misplaced(answer, facts, mentions, speech.code),
        *strange,
        *_strangers(answer, stated, layout, mentions, sources),
    ]
    checked = sum(
        map(len, (stated.figures, stated.moments, stated.ids, stated.times, stated.ratios))
    )
    return Grounding(checked, tuple(loose))


def _spelt_out(match: re.Match[str]) -> str:
    """Return an abbreviation without its points, which end no sentence."""
    return match[0].replace(".", TAKEN)


def _told_of(facts: Facts, speech: Lexicon) -> list[Name]:
    """Return what results name, drivers as the answer's language and people call them too."""
    drivers = [
        (kind, key, called)
        for kind, key, name in facts.names
        if kind == "driver"
        for called in (in_language(name, speech.code), *speech.drivers.get(name, ()))
    ]
    return [*facts.names, *drivers]


def _names_driver(answer: str, names: Iterable[Name]) -> bool:
    folded = answer.casefold()
    return any(kind == "driver" and name.casefold() in folded for kind, _key, name in names)


def _others(names: Sequence[Name], facts: Facts) -> Iterator[Name]:
    """Yield the names of things that the results do not name themselves, by whatever id."""
    own = {(kind, name) for kind, _key, name in facts.names}
    return (one for one in names if (one[0], one[2]) not in own)


def _without_driver(fact: Fact) -> Fact:
    if not fact.own or fact.own[-1][0] != "driver":
        return fact
    return replace(fact, own=tuple(one for one in fact.own if one[0] != "driver"))


def _strangers(
    answer: str,
    stated: Written,
    layout: Layout,
    mentions: Sequence[Mention],
    sources: Sources,
) -> Iterator[str]:
    """Yield the names of things that figures or days are told of, and no result is about."""
    if '{"' in layout.rest:
        yield '{"'  # arguments of a call that no result quotes so
    known = {(kind, key) for kind, key, _name in sources.facts.names}
    texts = " ".join(sources.facts.texts).casefold()
    told = [*(one.start for one in stated.figures), *(one.start for one in stated.moments)]
    for one in mentions:
        if one.kind in ("id", "depth") or one.key == ALL or (one.kind, one.key) in known:
            continue
        start, end = layout.sentence(one.start)
        name = answer[one.start : one.end]
        is_new = name.casefold() not in sources.words and name.casefold() not in texts
        if is_new and any(start <= at < end for at in told):
            yield name


def _otherwise_named(stated: Written, facts: Facts, speech: Lexicon) -> Iterator[Mention]:
    """Yield what is named by an id, by its role or by its discount."""
    yield from _ids(stated, facts)
    yield from _in_roles(stated, facts, speech)
    yield from _depths(stated, facts)


def _ids(stated: Written, facts: Facts) -> Iterator[Mention]:
    known = {dict(one.place).get("id") for one in facts.figures}
    for one in stated.ids:
        if one.text in known:
            yield Mention("id", one.text, one.start, one.end)


def _depths(stated: Written, facts: Facts) -> Iterator[Mention]:
    """Yield the discounts that a result tells the gain of each."""
    known = {dict(one.place).get("depth") for one in facts.figures} - {None}
    for one in stated.figures if known else ():
        if one.unit == "percent" and not one.signed and f"{one.value:g}" in known:
            yield Mention("depth", f"{one.value:g}", one.start, one.end)


def _in_roles(stated: Written, facts: Facts, speech: Lexicon) -> Iterator[Mention]:
    """Yield models named by what they are: "production's 21.8%"."""
    for role in ("production", "staging"):
        ids = [one for one, roles in facts.roles.items() if role in roles]
        if len(ids) == 1:
            for match in speech[f"{role}_model"].finditer(stated.rest):
                yield Mention("id", ids[0], match.start(), match.end())


def _sources(facts: Facts, words: Sequence[str], today: str, speech: Lexicon) -> Sources:
    spoken = [told_in(text, speech.code) for text in words]
    texts = [text for text in facts.texts if any(map(str.isdigit, text))]
    quoted = [_told_by_tool(text, speech) for text in texts]
    if speech.code != _TOOLS_SPEAK:
        quoted += [quoted_in(text, _TOOLS_SPEAK) for text in texts]
    both = [*spoken, *quoted]
    days = {one.key for stated, _ in both for one in stated.moments}
    said = {day for text in words for day in days_said(text, today, speech)}
    said |= {one.key for stated, _ in spoken for one in stated.moments}
    return Sources(
        facts=facts,
        said=tuple(one for _, said in both for one in said),
        days=facts.days | days | said | ({today} if today else set()),
        ids=frozenset(one.text for stated, _ in both for one in stated.ids),
        times=facts.times | {one.text for stated, _ in both for one in stated.times},
        words=" ".join(words).casefold(),
        currencies=frozenset(one.unit for one in facts.figures if is_money(one.unit)),
        said_days=frozenset(said),
        today=today,
    )


def _told_by_tool(text: str, speech: Lexicon) -> tuple[Written, tuple[Said, ...]]:
    """Return what a tool's text states; one that has no words in a language is told in others."""
    ours = in_language(text, speech.code)
    is_known = speech.code == _TOOLS_SPEAK or ours != text
    return (quoted_in if is_known else told_in)(ours, speech.code)
