"""Whether the words beside a figure say that it went up or down."""

import re

from agent.grounding.lexicon import Lexicon

_NEAR = 28
_ASIDE = re.compile(r"\s*\([^()]*\)")
_DIRECTIONS = ((1, "up_beside"), (-1, "down_beside"))


def direction_of(words: Lexicon, before: str, behind: str) -> tuple[int, bool]:
    """Return whether words beside a figure say up or down, and whether they say a difference."""
    aside = _ASIDE.match(behind)
    rest = behind[aside.end() if aside else 0 :][:_NEAR].lstrip(" \0\1")
    of = words["of_extra"].match(rest)
    rest = rest[of.end() :] if of else rest
    # "$924 profit increase"
    named = words.labels.match(rest)
    later = rest[named.end() :].lstrip() if named else rest
    if words["takes"].search(before) and words["away"].match(rest):
        return -1, False  # "took 323 units off"
    for sign, name in _DIRECTIONS:
        if words[name].match(rest) or words[name].match(later):
            return sign, False
    found: tuple[int, int] = (-1, 0)
    if not words["level_word"].search(before):
        for sign, name in _DIRECTIONS:
            for match in words[name].finditer(before):
                is_bound = words["not_ahead"].match(match[0])
                if not is_bound and _is_of(words, before[match.end() :]):
                    found = max(found, (match.end(), sign))
    ends = words["clause"].search(behind)
    near = behind[: min(ends.start(), _NEAR)] if ends else behind[:_NEAR]
    is_neutral = words["gap"].search(before) or words["neutral"].search(f"{before[-_NEAR:]} {near}")
    return found[1], is_neutral is not None


def last_direction(words: Lexicon, lead: str) -> int:
    """Return what a sentence said last of a direction: "grew most, by 20%"."""
    said = [(m.end(), sign) for sign, name in _DIRECTIONS for m in words[name].finditer(lead)]
    return max(said)[1] if said else 0


def _is_of(words: Lexicon, between: str) -> bool:
    """Tell whether only small words, or what rose or fell, part a verb and a figure."""
    if words["connector"].fullmatch(between):
        return True
    # "would lift sales by about 416 units"
    named = words.labels.match(between.lstrip())
    rest = between.lstrip()[named.end() :] if named else ""
    return bool(named and rest.strip() and words["connector"].fullmatch(rest))


def goes_on(words: Lexicon, between: str) -> bool:
    """Tell whether a figure goes on with what was said of the one before: "gained 5 and B 3".

    Args:
        words: The language.
        between: What stands between the two.
    """
    plain = words.labels.sub(" ", _ASIDE.sub(" ", between.replace("\1", " ").replace("\0", " ")))
    return words["goes_on"].fullmatch(plain) is not None
