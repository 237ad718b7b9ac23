"""Whether the days and periods that an answer names come from somewhere, and in their place."""

from collections.abc import Iterator, Sequence

from agent.grounding.calendar import known_moment
from agent.grounding.claims import DayMention
from agent.grounding.layout import Layout
from agent.grounding.matching import same_day
from agent.grounding.reading import Written
from agent.grounding.standing import Sources


def loose_days(
    stated: Written, days: Sequence[DayMention], sources: Sources, layout: Layout
) -> Iterator[str]:
    """Yield the days that no result or person names, and those that stand for another.

    Args:
        stated: What the answer states.
        days: Its days and periods.
        sources: What it may quote.
        layout: The answer.
    """
    for one in stated.moments:
        if not known_moment(one.key, sources.days):
            yield one.text
    for mention in days:
        if mention.start_key != mention.end_key:
            if not _is_span(mention, sources):
                yield f"{mention.start_key} - {mention.end_key}"
        elif mention.is_through:
            if not _is_end(mention, sources):
                yield mention.start_key
        elif _is_only_the_end(mention, sources, layout):
            yield mention.start_key


def _is_end(mention: DayMention, sources: Sources) -> bool:
    """Tell whether data, or something else, end on a day."""
    if mention.is_cutoff:
        cutoffs = sources.facts.cutoffs
        return not cutoffs or known_moment(mention.start_key, cutoffs)
    theirs = sources.days - sources.facts.days
    days = sources.facts.days
    return not days or known_moment(mention.start_key, days) or mention.start_key in theirs


def _is_only_the_end(mention: DayMention, sources: Sources, layout: Layout) -> bool:
    """Tell whether figures are told of a day on which the data merely end, or of today."""
    start, end = layout.sentence(mention.start)
    has_figures = any(start <= one.start < end for one in layout.figures)
    if not has_figures or layout.words["at_present"].search(layout.rest[start:end]):
        return False
    ends = sources.facts.cutoffs | {sources.today}
    others = (sources.days - ends) | sources.facts.told_days | sources.said_days
    return not known_moment(mention.start_key, others)


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
