"""Which words of a wish only count, or say in short, the goods that the message names elsewhere.

"The strawberry shelf was empty. How many punnets will we need?" asks for no "punnets"; "how many
bars" of the dark chocolate told of before are of no other bars.
"""

from agent.planner.entities import Items
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.understanding.told_names import is_named_properly, is_of, named_in
from tools.catalogue import Status

Stretch = tuple[int, int]


def only_counted(own: Items, part: Part, sentence: Sentence) -> list[Stretch]:
    """Return where a wish counts goods that another sentence names: "how many packs"."""
    return [*_by_strange_words(own, part, sentence), *_by_packs(part, sentence)]


def _by_strange_words(own: Items, part: Part, sentence: Sentence) -> list[Stretch]:
    """Return where goods are counted by an unknown word while another sentence names them.

    "The strawberry shelf was empty. How many punnets will we need?" asks for no "punnets".
    """
    known = {item.id for item in sentence.context.vocabulary.products}
    told = [one for one in sentence.names.found if any(a <= one.start < b for a, b in part.asides)]
    is_named = any(is_of(one, ("product",)) and one.status is Status.EXACT for one in told)
    strange = [value for kind, value in own.things if kind == "product" and value not in known]
    if not is_named or not own.things or len(strange) < len(own.things):
        return []
    text = sentence.names.sentence
    return [at for at in sentence.names.unknown if text[at[0] : at[1]] in strange]


def _by_packs(part: Part, sentence: Sentence) -> list[Stretch]:
    """Return where a wish counts packs of goods that the message names: "how many bars …?"."""
    told = [one for one in sentence.names.found if one.kind == "product"]
    if not any(is_named_properly(one, sentence) for one in told):
        return []
    packs = sentence.cues["unit_noun"]
    return [
        (one.start, one.end)
        for one in told
        if any(a <= one.start < b for a, b in part.own)
        and one.status is Status.AMBIGUOUS
        and packs.search(one.text.casefold())
    ]


def doubted(part: Part, sentence: Sentence) -> list[Stretch]:
    """Return where a story's words could mean several things."""
    told = [one for aside in part.asides for one in named_in(aside, sentence)]
    return [(one.start, one.end) for one in told if one.status is Status.AMBIGUOUS]


def said_in_full(part: Part, sentence: Sentence) -> list[Stretch]:
    """Return where a wish says in short what it says in full, too: "Butter. … salted butter"."""
    own = [one for one in sentence.names.found if any(a <= one.start < b for a, b in part.own)]
    full = [one for one in own if one.kind == "product" and one.status is Status.EXACT]
    return [
        (short.start, short.end)
        for short in own
        if short.status is Status.AMBIGUOUS
        and any(
            set(one.ids) < set(short.ids)
            and set(short.text.casefold().split()) < set(one.text.casefold().split())
            for one in full
        )
    ]
