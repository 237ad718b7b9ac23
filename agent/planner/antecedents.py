"""What words like "it", "there", "both", "the other one" and "back to the forecast" stand for."""

import re
from collections.abc import Sequence

from agent.languages.language import Patterns
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import Draft, distinct
from agent.planner.entities import Names
from agent.planner.picking import in_order
from agent.planner.specs import SPECS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_END = re.compile(r"[.,:;?!]|\s[-\u2013\u2014]\s")
_LIKELIEST = 3
_TWO = 2
_BESIDE = frozenset({"explain", "list_alerts"})
_THINGS = ("product", "category")
_DAYS = ("start", "end")
_ASPECTS = (_THINGS, ("store",), _DAYS)


def spoken_of(part: Part, names: Names, sentence: Sentence, dialogue: Dialogue) -> Drafts:
    """Return the earlier calls that a part goes on from."""
    text = sentence.text[part.start : part.end]
    cues = said_in(sentence)
    waiting = dialogue.pending.drafts if dialogue.pending else ()
    if dialogue.pending is not None and not dialogue.pending.asks_for and is_about_items(waiting):
        return waiting
    comes_back = cues["returns"].search(sentence.text[: part.end]) is not None
    if cues["new_topic"].search(sentence.text[: part.end]) and not comes_back:
        return _still_meant(text, dialogue, cues)
    if comes_back and len(dialogue.earlier) >= _TWO:
        return _returned_to(part, names, sentence, dialogue.earlier)
    if (pointed := _pointed_at(text, dialogue, cues)) is not None:
        return pointed
    if waiting and is_about_items(waiting) and _points_at_place_or_time(text, sentence):
        return waiting  # "any alerts at that store?" before the product was told
    return _last_about(text, dialogue, cues)


def _points_at_place_or_time(text: str, sentence: Sentence) -> bool:
    points = (said_in(sentence)["there"], sentence.cues["then_too"])
    return any(one.search(text) for one in points)


def _still_meant(text: str, dialogue: Dialogue, cues: Patterns) -> Drafts:
    """Return what is pointed at beside a new topic: "next product: tea, same store"."""
    if cues["same_again"].search(text):
        return _last_about(text, dialogue, cues)
    if not cues["there"].search(text):
        return ()
    last = _last_about(text, dialogue, cues)
    places = [{"store": one.arguments["store"]} for one in last if "store" in one.arguments]
    return distinct(Draft("forecast", place) for place in places)


def said_in(sentence: Sentence) -> Patterns:
    """Return the language's words that point to what was said."""
    return sentence.context.language.patterns("following")


def _pointed_at(text: str, dialogue: Dialogue, cues: Patterns) -> Drafts | None:
    """Return the calls that "the first one", "the other one" or "both" stand for."""
    if (nth := _of_several_frames(text, dialogue, cues)) is not None:
        return nth
    if cues["other_one"].match(text) and (other := _the_other(dialogue, cues)):
        return other
    if cues["both"].search(text):
        aspects = _named_aspect(text, cues)
        is_of_items = is_about_items(dialogue.frames)
        return of_several(dialogue.earlier, aspects) if is_of_items else dialogue.frames
    return None


def _of_several_frames(text: str, dialogue: Dialogue, cues: Patterns) -> Drafts | None:
    """Return the one of several last calls that "just the first one" picks."""
    said = (cues[one].match(text) for one in ("nth_alone", "nth_of_them", "nth_and_more"))
    order = next((one for one in said if one), None)
    if order is None or len(dialogue.frames) < _TWO:
        return None
    return in_order(order, dialogue.frames) or None


def answer_meant(text: str, cues: Patterns, words: dict[str, str], cue: str) -> str | None:
    """Return the tool whose answer a text names: "the forecast I mean", "back to the alerts"."""
    match = cues[cue].search(text)
    return None if match is None else words[" ".join(match["answer"].lower().split())]


def is_about_items(frames: Drafts) -> bool:
    """Tell whether calls ask about products or stores, be it all of them."""
    return any(
        SPECS[frame.tool].about_items
        and (SPECS[frame.tool].ahead is not None or _names_any(frame))
        and (frame.arguments or frame.tool != "explain")
        for frame in frames
    )


def _names_any(frame: Draft) -> bool:
    return any(name in frame.arguments for name in ("store", *_THINGS))


def _last_about(text: str, dialogue: Dialogue, cues: Patterns) -> Drafts:
    """Return the last calls, or where they say nothing of it the thing or place pointed at."""
    about = [frames for frames in dialogue.earlier if is_about_items(frames)]
    if not about:
        return dialogue.frames
    frames = about[0]
    if cues["there"].search(text):
        frames = _with(("store",), frames, about)
    if cues["that_thing"].search(text) and not any(_names_any(frame) for frame in frames):
        frames = _with(_THINGS, frames, about)
    return frames


def with_products(frames: Drafts, dialogue: Dialogue) -> Drafts:
    """Return calls with the product spoken of last, where they name none."""
    return _with(("product",), frames, dialogue.earlier)


def _with(names: tuple[str, ...], frames: Drafts, turns: Sequence[Drafts]) -> Drafts:
    """Return calls with what the newest turn that had any of these arguments said of them."""
    if any(name in frame.arguments for frame in frames for name in names):
        return frames
    for turn in turns:
        said = [{n: f.arguments[n] for n in names if n in f.arguments} for f in turn]
        if found := [one for one in said if one]:
            bases = frames or turn
            kept = [base.having(**dict.fromkeys(_others(names))) for base in bases]
            return distinct(base.having(**one) for base in kept for one in found)
    return frames


def _others(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a product takes the place of."""
    return _THINGS if "product" in names else ()


def _returned_to(
    part: Part, names: Names, sentence: Sentence, earlier: tuple[Drafts, ...]
) -> Drafts:
    """Return the calls that "back to the cold brew" or "back to the forecast" means."""
    items = names.within(0, part.end)
    named = {*items.things, *(("store", store) for store in items.stores)}
    of_named = [tuple(f for f in frames if named & set(f.arguments.items())) for frames in earlier]
    found = [frames for frames in of_named if frames]
    if found:
        # Why it was so is asked beside, and alerts; gone back to is what was told, best as what is
        # told now.
        told = [frames for frames in found if not {frame.tool for frame in frames} & _BESIDE]
        alike = (frames for frames in told if frames[-1].tool == earlier[0][-1].tool)
        return next(alike, (told or found)[0])
    words = sentence.context.language.words("following", "answers")
    meant = answer_meant(sentence.text, said_in(sentence), words, "answer_gone_back_to")
    if meant and (of_it := [fs for fs in earlier if any(f.tool == meant for f in fs)]):
        return of_it[0]
    ranked = sentence.ranked(*_return_in(part, sentence))[:_LIKELIEST]
    for likely in ranked:
        for frames in earlier[1:]:
            if any(frame.tool == likely.intent.name for frame in frames):
                return frames
    about = [frames for frames in earlier if is_about_items(frames)]
    if named and about:
        return about[0]
    return next((frames for frames in earlier[1:] if is_about_items(frames)), earlier[1])


def _return_in(part: Part, sentence: Sentence) -> tuple[int, int]:
    """Return where the words that come back stand: "back to the forecast" before a colon."""
    found = said_in(sentence)["returns"].search(sentence.text)
    if found is None or found.start() > part.end:
        return part.start, part.end
    ends = _END.search(sentence.text, found.end())
    return found.start(), ends.start() if ends else part.end


def _named_aspect(text: str, cues: Patterns) -> Sequence[tuple[str, ...]]:
    """Return what "both stores" or "the two products" are two of; all where it is not said."""
    said = cues["both_of_kind"].search(text)
    named = said and next(kind for kind, word in said.groupdict().items() if word)
    of_kind = {"stores": (("store",),), "things": (_THINGS,), "times": (_DAYS,)}
    return of_kind[named] if named else _ASPECTS


def of_several(earlier: Sequence[Drafts], aspects: Sequence[tuple[str, ...]] = _ASPECTS) -> Drafts:
    """Return the calls about the last two things, places or times, for "which of these"."""
    about = [frames for frames in earlier if is_about_items(frames)]
    if not about or len(about[0]) != 1:
        return about[0] if about else ()
    last = about[0][0]
    for turn in about[1:]:
        for frame in reversed(turn):
            for aspect in aspects:
                before, now = ({n: d.arguments.get(n) for n in aspect} for d in (frame, last))
                if before != now and any(before.values()) and any(now.values()):
                    return (last.having(**before), last)
    tried = about[1] if aspects == _ASPECTS and len(about) > 1 else ()
    return (*tried, last) if len(tried) == 1 and _is_tried_again(tried[0], last) else (last,)


def _is_tried_again(frame: Draft, last: Draft) -> bool:
    """Tell whether a call is the one before it with one figure or measure changed or added."""
    names = frame.arguments.keys() | last.arguments.keys()
    changed = [n for n in names if frame.arguments.get(n) != last.arguments.get(n)]
    return frame.tool == last.tool and len(changed) == 1


def _the_other(dialogue: Dialogue, cues: Patterns) -> Drafts:
    """Return the last calls about the other of two things: not chosen, or spoken of before.

    After "the forecast there" the place is pointed at, and the other one is another thing.
    """
    about = [frames for frames in dialogue.earlier if is_about_items(frames)]
    if not about or len(about[0]) != 1:
        return ()
    last = about[0][0]
    left = [
        last.having(**{name: value})
        for name, choices in dialogue.offered
        if last.arguments.get(name) in choices and len(choices) == _TWO
        for value in choices
        if value != last.arguments[name]
    ]
    stays = bool(dialogue.said) and cues["there"].search(dialogue.said[-1]) is not None
    tried = (((_THINGS,),) if stays else (), ((_THINGS, ("store",)), _ASPECTS))
    pairs = [of_several(dialogue.earlier, aspects) for ways in tried for aspects in ways]
    several = next((pair for pair in pairs if len(pair) == _TWO), ())
    return tuple(left[:1]) or several[:1]
