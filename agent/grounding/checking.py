"""Whether every figure, day, id and word for a change in an answer comes from somewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent.grounding.calendar import days_said, known_moment
from agent.grounding.claims import DayMention, claims, day_mentions
from agent.grounding.facts import ALL, Fact, Facts
from agent.grounding.fixed import without_fixed, without_numbers
from agent.grounding.gathering import gathered
from agent.grounding.layout import Layout
from agent.grounding.lexicon import Lexicon, lexicon, spoken_in
from agent.grounding.matching import is_money, same_day
from agent.grounding.naming import Mention, Name, hidden, name_book, named
from agent.grounding.quoting import misquoted, misspelt, quotes, without_paths, without_repeated
from agent.grounding.reading import TAKEN, Written, written
from agent.grounding.saying import quoted_in, told_in
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
    own = frozenset((kind, key) for kind, key, _name in facts.names)
    book = name_book((*facts.names, *_others(told.names, facts)), own, speech.code)
    mentions, text = named(text, book, speech)
    stated = written(text, speech)
    sources = _sources(facts, told.words, told.today, speech)
    if not _names_driver(answer, facts):
        # In another language they are called otherwise.
        facts = replace(facts, figures=tuple(map(_without_driver, facts.figures)))
        sources = replace(sources, facts=facts)
    mentions = [
        *mentions,
        *_ids(stated, facts),
        *_in_roles(stated, facts, speech),
        *_depths(stated, facts),
    ]
    mentions.sort(key=lambda one: one.start)
    layout = Layout(stated.rest, stated.figures, speech, is_of_many=told.is_of_many)
    days = day_mentions(stated.moments, stated.rest, speech)
    made = claims(layout, mentions, days)
    trends = Trends(facts, sources.words)
    loose = [
        *loose_figures(made, sources, layout),
        *_loose_days(stated, days, sources),
        *(one.text for one in stated.ids if one.text not in sources.ids),
        *(one.text for one in stated.times if one.text not in sources.times),
        *loose_words(layout, stated, mentions, trends),
        *misspelt(layout.rest, speech),
        *misquoted(answer, parts),
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


def _names_driver(answer: str, facts: Facts) -> bool:
    folded = answer.casefold()
    return any(kind == "driver" and name.casefold() in folded for kind, _key, name in facts.names)


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


def _ids(stated: Written, facts: Facts) -> Iterator[Mention]:
    known = {dict(one.place).get("id") for one in facts.figures}
    for one in stated.ids:
        if one.text in known:
            yield Mention("id", one.text, one.start, one.end)


def _depths(stated: Written, facts: Facts) -> Iterator[Mention]:
    """Yield the discounts that a result tells the gain of each."""
    known = {dict(one.place).get("depth") for one in facts.figures} - {None}
    for one in stated.figures if known else ():
        if one.unit == "percent" and f"{one.value:g}" in known:
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
    # In another language a note's figures stand beside other words.
    read = quoted_in if speech.code == _TOOLS_SPEAK else told_in
    quoted = [read(text, speech.code) for text in facts.texts if any(map(str.isdigit, text))]
    if speech.code != _TOOLS_SPEAK:
        quoted += [told_in(text, _TOOLS_SPEAK) for text in facts.texts if " " in text]
    both = [*spoken, *quoted]
    days = {one.key for stated, _ in both for one in stated.moments}
    days |= {day for text in words for day in days_said(text, today, speech)}
    return Sources(
        facts=facts,
        said=tuple(one for _, said in both for one in said),
        days=facts.days | days | ({today} if today else set()),
        ids=frozenset(one.text for stated, _ in both for one in stated.ids),
        times=facts.times | {one.text for stated, _ in both for one in stated.times},
        words=" ".join(words).casefold(),
        currencies=frozenset(one.unit for one in facts.figures if is_money(one.unit)),
    )


def _loose_days(stated: Written, days: Sequence[DayMention], sources: Sources) -> Iterator[str]:
    for one in stated.moments:
        if not known_moment(one.key, sources.days):
            yield one.text
    for mention in days:
        if mention.is_through and mention.start_key == mention.end_key:
            cutoffs = sources.facts.cutoffs if mention.is_cutoff else sources.facts.days
            theirs = frozenset() if mention.is_cutoff else sources.days - sources.facts.days
            if (
                cutoffs
                and not known_moment(mention.start_key, cutoffs)
                and mention.start_key not in theirs
            ):
                yield mention.start_key
        elif mention.start_key != mention.end_key and not _is_span(mention, sources):
            yield f"{mention.start_key} - {mention.end_key}"


def _is_span(mention: DayMention, sources: Sources) -> bool:
    """Tell whether two joined days are a period of a result, or the person's."""
    ends = (mention.start_key, mention.end_key)
    if not sources.facts.spans:
        return True
    told = sources.days - sources.facts.days
    if all(known_moment(end, told) for end in ends):
        return True
    spans = sources.facts.spans
    if any(same_day(ends[0], one[0]) and same_day(ends[1], one[1]) for one in spans):
        return True
    single = [one for one in spans if one[0] == one[1]]
    return all(any(same_day(end, one[0]) for one in single) for end in ends)
