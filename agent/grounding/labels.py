"""Which word says what kind of figure an answer states."""

import re

from agent.grounding.fields import COUNTED, is_measured, may_be_in
from agent.grounding.layout import Layout
from agent.grounding.lexicon import Lexicon
from agent.grounding.reading import Figure

_NEAR = 28
_NAMED_ASIDE = re.compile(r"[^.,;:()\d]{0,20}\(([^()\d]{2,20})\)")


def label_of(words: Lexicon, figure: Figure, before: str, after: str, raw: str) -> str:
    """Return the word for the kind of a figure: the one right behind it, else the last before."""
    aside = _NAMED_ASIDE.match(raw)
    within = aside and words.labels.fullmatch(aside[1])
    if within and within.lastgroup:
        return within.lastgroup
    right = _right_there(words, figure, before, after)
    if right:
        return right
    found = [
        match.lastgroup
        for match in words.labels.finditer(before)
        if match.lastgroup and may_be_in(match.lastgroup, figure.unit)
        # "next week should bring 5,720" counts no weeks.
        if match.lastgroup not in COUNTED or words["copula"].fullmatch(before[match.end() :])
    ]
    if found:
        return found[-1]
    # "12.5% (WAPE)" and "12.5% against 18% for repeating last season": a few words behind it.
    later = words.labels.search(after[:_NEAR])
    if later and later.lastgroup in ("error", "share") and may_be_in("error", figure.unit):
        return later.lastgroup
    timed = words.labels.search(raw[:_NEAR]) if figure.unit == "ms" else None
    return (timed.lastgroup or "") if timed else ""


def _right_there(words: Lexicon, figure: Figure, before: str, after: str) -> str:
    """Return the word for a kind that stands right behind a figure or, as its name, before it."""
    lead = words["unit_words"].match(after)
    behind = words.labels.match(after, lead.end() if lead else 0)
    if behind and behind.lastgroup == "discount" and words["takes"].search(before):
        return ""  # "took 323 units off"
    if behind and (behind.lastgroup, figure.unit) in _NEVER_SO:
        return behind.lastgroup or ""
    if behind and behind.lastgroup == "advice":
        is_whole = words["of_all"].search(before)
        return "advice" if is_whole else _recommended(words, after) or "advice"
    if behind and behind.lastgroup and may_be_in(behind.lastgroup, figure.unit):
        is_time = behind.lastgroup in _TIME
        length = is_time and _of_length(words, before, after, behind.end())
        return length or behind.lastgroup
    for match in words.labels.finditer(before):
        # "a margin of $1.29" names its kind, although that is never in money.
        is_kind = figure.unit and is_measured(match.lastgroup or "")
        if is_kind and words["copula"].fullmatch(before[match.end() :]):
            return match.lastgroup or ""
    return ""


def _named_before(words: Lexicon, before: str) -> str:
    """Return the word for a kind that stands right before a figure."""
    for match in words.labels.finditer(before):
        if words["copula"].fullmatch(before[match.end() :]):
            return match.lastgroup or ""
    return ""


def _of_length(words: Lexicon, before: str, after: str, at: int) -> str:
    """Return what some days are more than: "a lead time of 7 days", "a 7 days lead time"."""
    behind = words.labels.match(after[at:].lstrip())
    named = _named_before(words, before)
    found = (behind.lastgroup if behind else None, named)
    return next((one for one in found if one in _LENGTHS), "") or ""


_SHORT = 40
_TIME = frozenset({"days", "weeks", "months"})
# "80 units range" and "90% in stock" say of a figure what it cannot be.
_NEVER_SO = frozenset({("level", "units"), ("discount", "units"), ("stock", "percent")})
_LENGTHS = frozenset({"cover", "lead"})
_DECIDED = frozenset({"accepted", "rejected", "undecided"})


def _recommended(words: Lexicon, after: str) -> str:
    """Return which recommendations are counted: "2 recommendations were accepted"."""
    found = words.labels.finditer(after[:_SHORT])
    return next((one.lastgroup or "" for one in found if one.lastgroup in _DECIDED), "")


def heading(layout: Layout, figure: Figure) -> str:
    """Return the word for a kind that stands before a colon: "Revenue: $331 more"."""
    start, _ = layout.clause(figure.start)
    head = layout.rest[max(0, start - _SHORT) : start]
    if layout.rest[start : figure.start].strip(" +~") or not head.rstrip().endswith(":"):
        return ""
    head = head.rstrip().removesuffix(":")
    for match in layout.words.labels.finditer(head):
        kind = match.lastgroup or ""
        if match.end() == len(head) and may_be_in(kind, figure.unit):
            return kind
    return ""
