"""One wish of a question, turned into drafts of calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from agent.languages import Language
from agent.languages.numbers import number, price
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.details.several import Each, each_value
from agent.planner.details.text import unquoted
from agent.planner.direction import read_facing
from agent.planner.drafts import MOST_CALLS, Ask, Draft, distinct, less_what_is_doubted
from agent.planner.entities import Items, Names
from agent.planner.paired import Own, own_figures
from agent.planner.periods import Period, Unclear, in_a_row, split_again
from agent.planner.shaping import ranked, shaped_details, things_asked
from agent.planner.specs import LOOKS_BACK, NEEDS, SPECS, looks_ahead
from agent.planner.supposed import is_supposed, last_resort, names_the_discount
from agent.planner.understanding.intent import Intent
from agent.planner.wording import questions
from agent.planner.wording.style import Style

_ONE_BY_ONE = frozenset({"forecast", "what_if", "explain", "detect_anomalies"})
_ITEMS = ("product", "category", "store")
_DAYS = ("start", "end")
_PRICE_CHANGES = ("discount_pct", "price", "price_up_pct", "price_by")
_CHANGES = (*_PRICE_CHANGES, "promotion")
_NONE_OWN = Own(by_store=False, figures=())
_OF_ANYTHING = frozenset({"detect_anomalies", "list_alerts"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What one stretch of a question says, before anything is inherited."""

    tool: str
    items: Items
    periods: tuple[Period, ...]
    details: dict[str, Any]
    text: str
    language: Language
    unclear: Unclear | None = None
    is_set_against: bool = False

    @property
    def says_nothing(self) -> bool:
        """Tell whether there is nothing in it to follow up with."""
        everything = self.shows("everywhere") or self.shows("everything")
        return (
            self.items.is_empty
            and not self.periods
            and self.unclear is None
            and not self.details.keys() - {"about"}
            and not everything
        )

    @property
    def refers_back(self) -> bool:
        """Tell whether a pronoun stands for what was spoken of before."""
        return self._without_idioms("pronoun")

    @property
    def needs_antecedent(self) -> bool:
        """Tell whether it makes no sense without knowing what "it" is."""
        return self._without_idioms("antecedent")

    def shows(self, cue: str) -> bool:
        """Tell whether a cue of the language occurs."""
        return self.language.patterns("cues")[cue].search(self.text) is not None

    def _without_idioms(self, cue: str) -> bool:
        cues = self.language.patterns("cues")
        return cues[cue].search(cues["idiom"].sub(" ", self.text)) is not None


def read_wish(intent: Intent, names: Names, start: int, end: int, context: PlannerContext) -> Wish:
    """Read the stretch from `start` to `end` of a question as a wish for a tool."""
    tool, about = intent.name, intent.about
    about_items = SPECS[tool].about_items
    items = names.within(start, end, strangers_too=about_items)
    text = names.blanked(strangers_too=about_items)[start:end]
    tool, about, said = read_facing(tool, about, text, context)
    details = read_details(tool, said.text, context.language)
    asks_what_if = (tool == "forecast" and is_supposed(details, said.text, context)) or (
        tool == "optimize_discount" and names_the_discount(details, said.text, context)
    )
    if tool == "what_if" and details.get("discount_pct") == 0 and details.get("promotion"):
        details["discount_pct"] = None  # "drop the discount, the promotion only"
    if asks_what_if:  # "should we give 20% off?" names the discount already
        tool, details = "what_if", read_details("what_if", said.text, context.language)
    if tool == "explain":
        details["about"] = about or None
    details = _spelt(details, names.sentence[start:end], context.language)
    if each := each_value(tool, said.text, details, context.language):
        details["each"] = each
    if tool == "what_if" and not any(name in details for name in _PRICE_CHANGES):
        details |= last_resort(said.text, context.language)
    if own := own_figures(tool, names, (start, end), said.text):
        details |= {"own": own}
        details.pop("each", None)
    if said.compare_to:
        details["compare_to"] = said.compare_to
    return Wish(tool, items, said.periods, details, text, context.language, said.unclear)


def details_in(tool: str, text: str, sentence: str, context: PlannerContext) -> dict[str, Any]:
    """Return what a text, names blanked, says about a tool's arguments; ids keep their case."""
    return _spelt(read_details(tool, text, context.language), sentence, context.language)


def _spelt(details: dict[str, Any], sentence: str, language: Language) -> dict[str, Any]:
    """Put the words of the sentence in place of where they stand in it."""
    only_manners = language.patterns("details")["only_manners"]
    leads_on = language.patterns("details")["leads_on"]
    spelt = {name: value for name, value in details.items() if not name.endswith("_at")}
    for name in details.keys() - spelt.keys():
        said = leads_on.sub("", sentence[slice(*details[name])])
        words = unquoted(said.strip(" .,:;\u2013\u2014-"))
        words = words if "(" in words else words.removesuffix(")")  # "AL-3 (fridge fixed)"
        if not only_manners.fullmatch(words):
            spelt[name.removesuffix("_at")] = words
    return spelt


def drafts_of(wish: Wish, bases: Sequence[Draft], context: PlannerContext) -> tuple[Draft, ...]:
    """Combine a wish with what it builds on: a call for each item, store and period.

    Args:
        wish: What was said now.
        bases: What is taken over from before; `[Draft(wish.tool)]` for nothing.
        context: The tenant.
    """
    shaped = shaped_details(wish.tool, wish.details)
    each: Each = shaped.pop("each", {})
    own: Own = shaped.pop("own", _NONE_OWN)
    things: list[dict[str, Any]] = things_asked(wish.tool, wish.items.things, shaped, context)
    stores: list[str | None] = list(wish.items.stores)
    if shaped.pop("by_store", False) and not stores:
        stores = [store.id for store in context.vocabulary.stores]
    split = shaped.get("group_by") or shaped.get("granularity")
    by_day = split == "day"
    said = wish.periods
    apart = wish.shows("compares") or wish.shows("one_by_one") or _are_named_apart(wish)
    if by_day or not apart:
        said = in_a_row(said, weekends_only=not by_day)
    said = split_again(said, split)
    periods = [{"start": p.start.isoformat(), "end": p.end.isoformat()} for p in said]
    drafts = []
    for base in bases:
        kept = _kept(base, wish, shaped, things=bool(things), stores=bool(stores))
        about = things or [{n: kept[n] for n in ("product", "category") if n in kept}]
        places = stores or [str(kept["store"]) if "store" in kept else None]
        when = periods or [{n: kept[n] for n in _DAYS if n in kept}]
        rest = {n: v for n, v in kept.items() if n not in (*_ITEMS, *_DAYS)}
        for (n, thing), (m, store), days in product(enumerate(about), enumerate(places), when):
            figures = shaped | own.of(n, store=False) | own.of(m, store=True)
            draft = Draft(wish.tool, rest | thing | days).having(store=store, **figures)
            drafts += [ranked(one) for one in _one_by_one(draft, each)]
    if len(periods) > 1:  # "next week compared to last week"
        drafts = [one.facing(context.today) for one in drafts]
    return distinct(drafts)


def _one_by_one(draft: Draft, each: Each) -> list[Draft]:
    """Return a call with every combination of what is each to be asked for."""
    made = [draft]
    for alternatives in each.values():
        made = [one.having(**said) for one in made for said in alternatives]
    return made


def _are_named_apart(wish: Wish) -> bool:
    """Tell whether days are each named by themselves: "for tomorrow and for Sunday"."""
    own = wish.language.patterns("cues")["own_day"]
    return any(own.search(wish.text, a.at[1], b.at[1]) for a, b in pairwise(wish.periods))


def _kept(
    base: Draft, wish: Wish, shaped: dict[str, Any], *, things: bool, stores: bool
) -> dict[str, Any]:
    """Return what of an earlier call still holds beside what is said now."""
    asked_by = shaped.get("group_by")
    gone: set[str] = set()
    # "For that shop in total" is of the shop.
    following = wish.language.patterns("following")
    is_there = any(following[cue].search(wish.text) for cue in ("right_there", "that_place"))
    if ((wish.shows("everywhere") and not is_there) or asked_by == "store") and not stores:
        gone.add("store")
    if asked_by == "category" and not things:
        gone.add("category")
    # "For the whole chain" widens what was said of a store to all of them, of one product still.
    only_stores = "store" in base.arguments and wish.shows("everywhere")
    is_that = wish.language.patterns("following")["right_that"].search(wish.text) is not None
    of_all = wish.shows("everything") and not only_stores and not is_that
    if (of_all or asked_by in ("product", "category")) and not things:
        gone.add("product")
    if of_all and not things:
        gone.add("category")
    split = base.arguments.get("group_by")
    names_one = any(kind == "product" for kind, _ in wish.items.things) and not asked_by
    names_line = any(kind == "category" for kind, _ in wish.items.things) and not asked_by
    is_alone = {"store": stores, "product": names_one, "category": names_line or names_one}
    if is_alone.get(str(split)):
        gone.update(("group_by", "top", "order"))  # nothing is left to set side by side
    takes_off = wish.details.get("discount_pct", 0) is None
    if takes_off or wish.shows("no_price_change") or any(name in shaped for name in _PRICE_CHANGES):
        gone.update(_PRICE_CHANGES)
    return {name: value for name, value in base.arguments.items() if name not in gone}


def figure_alone(text: str, language: Language, *, of: str = "") -> float | None:
    """Return the figure that is all a text says: "make it ten", "not 10, 12".

    Args:
        text: What was said.
        language: The language it is in.
        of: The argument that it is of.
    """
    alone = language.patterns("following")["figure_alone"].match(text)
    alone = alone or language.patterns("cues")["bare_figure"].match(text)
    read = price if of == "price" else number
    return read(alone["figure"], language) if alone else None


def what_is_missing(
    wish: Wish, drafts: tuple[Draft, ...], context: PlannerContext, *, goes_on: bool = False
) -> Ask | None:
    """Return the question to ask back before these calls can be made, or None.

    Args:
        wish: What was said.
        drafts: The calls it makes.
        context: The tenant.
        goes_on: Whether "it" stands for what was spoken of before, be it all products.
    """
    style = context.style
    if wish.unclear:
        waiting = [draft.having(**wish.unclear.known) for draft in drafts]
        return questions.about_period(wish.unclear, waiting, style)
    if wish.items.doubts:
        return questions.about_item(
            wish.items.doubts, less_what_is_doubted(wish.items, drafts), style
        )
    if _lacks_a_product(wish, drafts, goes_on=goes_on):
        return questions.about_product(drafts, style)
    for draft in drafts:
        if missing := lacking(draft, drafts, context, wish.text):
            return missing
    if wish.tool == "what_if" and _lacks_a_direction(wish, drafts):
        return questions.about_direction([_unchanged(draft) for draft in drafts], style)
    return _too_much(wish, drafts, style)


def lacking(
    draft: Draft, drafts: Sequence[Draft], context: PlannerContext, text: str = ""
) -> Ask | None:
    """Return the question for all that a call cannot do without and has not, or None.

    Args:
        draft: The call.
        drafts: All calls that wait.
        context: The tenant.
        text: What was said; it may tell which kind of change is meant.
    """
    missing = [name for name in NEEDS.get(draft.tool, ()) if name not in draft.arguments]
    if draft.tool == "what_if" and not any(name in draft.arguments for name in _CHANGES):
        return questions.about_change(text, drafts, context.style, besides=missing)
    return questions.about_missing(missing, drafts, context.style) if missing else None


def _lacks_a_product(wish: Wish, drafts: tuple[Draft, ...], *, goes_on: bool) -> bool:
    if NEEDS.get(wish.tool):
        return False  # what it cannot do without is asked for together
    names_something = goes_on or any(set(_ITEMS) & set(draft.arguments) for draft in drafts)
    can_say = SPECS[wish.tool].about_items and wish.tool not in _OF_ANYTHING
    of_all = wish.shows("everything")
    return wish.needs_antecedent and can_say and not names_something and not of_all


def _lacks_a_direction(wish: Wish, drafts: tuple[Draft, ...]) -> bool:
    """Tell whether a price is to change, but not whether up or down."""
    is_stated = all({"price", "promotion"} & draft.arguments.keys() for draft in drafts)
    return not is_stated and wish.shows("turns") and not wish.shows("turns_down")


def _too_much(wish: Wish, drafts: tuple[Draft, ...], style: Style) -> Ask | None:
    by = wish.details.get("by") or wish.details.get("rank_by")
    if by == "product" and wish.tool in _ONE_BY_ONE and not wish.items.things:
        return questions.about_each_product(wish.tool, MOST_CALLS, drafts, style)
    if len(drafts) > MOST_CALLS:
        return questions.about_too_many(len(drafts), MOST_CALLS, drafts, style)
    return None


def _unchanged(draft: Draft) -> Draft:
    return draft.having(**dict.fromkeys(_CHANGES))


def follows(frame: Draft, tool: str, context: PlannerContext) -> Draft:
    """Return what another tool takes over from an earlier call: its items, and days that fit."""
    spec = SPECS[tool]
    kept = {name: frame.arguments[name] for name in _ITEMS if name in frame.arguments}
    about = "change" if frame.tool in ("sales_history", "detect_anomalies") else None
    if tool == "explain" and frame.tool == "explain":
        about = frame.arguments.get("about")
    ahead = looks_ahead(tool, about if tool == "explain" else None)
    start, end = frame.arguments.get("start"), frame.arguments.get("end")
    today = context.today.isoformat()
    fits = start is not None and end is not None and (end >= today if ahead else start < today)
    if fits and spec.ahead is not None:
        kept |= {"start": start, "end": end}
    if "category" in kept and "category" not in spec.takes:
        kept.pop("category")
    if tool == "explain" and about in LOOKS_BACK:
        kept["about"] = about
        if fits and "compare_to" in frame.arguments:  # why it is not as it was the year before
            kept["compare_to"] = frame.arguments["compare_to"]
    return Draft(tool, {name: value for name, value in kept.items() if name in spec.takes})
