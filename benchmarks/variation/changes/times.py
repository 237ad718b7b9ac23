"""Asks about other days, and names days and places in another place of the sentence."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from agent.evaluation.suite import Case
from agent.planner.entities import read_names
from agent.planner.periods import Period, read_periods
from benchmarks.variation.days import MEANINGS, Days
from benchmarks.variation.expecting import arguments_of, in_place_of, with_other
from benchmarks.variation.words import Told, said_otherwise
from tools.catalogue import Status, mentions

Stretch = tuple[int, int]


def other_days(told: Told) -> Case | None:
    """Ask about other days on the same side of today, in a phrase of the contract's table."""
    return _on_other_days(told, dates_only=False)


def other_dates(told: Told) -> Case | None:
    """Ask about other days on the same side of today, told as dates or months."""
    return _on_other_days(told, dates_only=True)


def days_moved(told: Told) -> Case | None:
    """Tell the days first where they were told later, and last where they were told first."""
    found = _only_period(told)
    return _moved(told, _with_lead(told.first, found.at, told)) if found else None


def place_moved(told: Told) -> Case | None:
    """Tell the store first where it was told later, and last where it was told first."""
    found = mentions(told.first, told.setting.vocabulary, told.code)
    stores = [one for one in found if one.kind == "store"]
    if len(stores) != 1 or stores[0].status is not Status.EXACT:
        return None
    leads = told.words["grammar"]["place_leads"]
    before = re.search(rf"{leads}$", told.first[: stores[0].start], re.IGNORECASE)
    if before is None:
        return None
    after = re.match(r"\s+(?:store|shop|branch)\b", told.first[stores[0].end :])
    end = stores[0].end + (after.end() if after else 0)
    return _moved(told, (before.start(), end))


def _moved(told: Told, at: Stretch) -> Case | None:
    if told.alone is None:
        return None
    say, (start, end) = told.first, at
    grammar = told.words["grammar"]
    is_plain = not re.search(r"[.;:!\n]|\?.*\w|\b(?:and|und|or|oder|that|dass)\b", say)
    if not is_plain or re.search(grammar["greets"], say, re.IGNORECASE):
        return None
    if say[end : end + 2].startswith(("'", "\u2019")) or say[max(0, start - 1)] == ",":
        return None
    phrase = say[start:end].strip()
    rest = " ".join((say[:start] + " " + say[end:]).split())
    rest = re.sub(r"\s+([?.,!])", r"\1", rest).strip(" ,")
    if not say[:start].strip():
        bare, mark = re.fullmatch(r"(.*?)([?.!]*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
        return said_otherwise(told.case, {0: f"{bare} {phrase}{mark}"})
    return said_otherwise(told.case, {0: f"{phrase}, {rest}"})


def _on_other_days(told: Told, *, dates_only: bool) -> Case | None:
    period = _only_period(told)
    if period is None or told.alone is None:
        return None
    today, say = told.setting.today, told.first
    days = (period.start, period.end)
    at = _with_lead(say, period.at, told)
    if re.search(told.words["grammar"]["binds"], say[: at[0]], re.IGNORECASE):
        return None
    if say[at[1] : at[1] + 1] in ("'", "\u2019", "-") or say[max(0, at[0] - 1)] in "-/":
        return None
    ways = [
        (meant, phrase)
        for name, phrases in told.words["periods"].items()
        if _is_alike(meant := MEANINGS[name](today), days, today)
        for phrase in phrases
        if ("{" in phrase) is dates_only
    ]
    if not ways or _is_split(told):
        return None
    (start, end), phrase = told.draw.choice(ways)
    told_as = _filled(_after(say[at[0] : at[1]], phrase, told), (start, end), told)

    def exchange(arguments: dict[str, Any]) -> dict[str, Any]:
        if {"start", "end"} - arguments.keys():
            return arguments
        first = in_place_of(arguments["start"], lambda one: str(one) == str(days[0]), start)
        last = in_place_of(arguments["end"], lambda one: str(one) == str(days[1]), end)
        return arguments | {"start": first, "end": last}

    turn = with_other(told.alone, say[: at[0]] + told_as + say[at[1] :], exchange)
    return told.case.model_copy(update={"turns": (turn,)})


def _is_alike(meant: Days, days: Days, today: date) -> bool:
    """Tell whether days lie wholly on the same side of today as the others, and are others."""
    if meant == days:
        return False
    if days[1] < today:
        return meant[1] < today
    return days[0] >= today and meant[0] >= today


def _is_split(told: Told) -> bool:
    """Tell whether figures are wanted by day, week or month, which other days may not bear."""
    split = {"day", "week", "month"}
    asked = [one for arguments in arguments_of(told.case) for one in arguments.items()]
    return any(name in ("granularity", "group_by") and value in split for name, value in asked)


def _only_period(told: Told) -> Period | None:
    """Return the one period of a single message, where it is the one that is expected."""
    arguments = arguments_of(told.case)
    if told.alone is None or not arguments:
        return None
    context = told.context
    text = read_names(told.first, context.vocabulary, context.own_names, context.language)
    for ahead in (True, False):
        reading = read_periods(text.blanked(), context.now(ahead=ahead))
        if len(reading.periods) == 1 and _are_expected(reading.periods[0], arguments):
            return reading.periods[0]
    return None


def _are_expected(period: Period, arguments: Sequence[dict[str, Any]]) -> bool:
    wanted = {(str(one.get("start")), str(one.get("end"))) for one in arguments}
    return (str(period.start), str(period.end)) in wanted


def _with_lead(say: str, at: Stretch, told: Told) -> Stretch:
    leads = told.words["grammar"]["leads"]
    before = re.search(rf"(?<!\w){leads}$", say[: at[0]], re.IGNORECASE)
    return (before.start() if before else at[0]), at[1]


def _after(old: str, phrase: str, told: Told) -> str:
    """Return the new days as they follow the word that led to the old ones."""
    word = old.split(maxsplit=1)[0].lower()
    if word not in told.words["grammar"]["stays"] or phrase.startswith("between"):
        return phrase
    return f"{word} {re.sub(r'^(?:in|on|from) ', '', phrase)}"


def _filled(phrase: str, days: Days, told: Told) -> str:
    start, end = days
    month = told.words["grammar"]["months"][start.month - 1]
    return phrase.format(
        month=month, day=start.day, last=end.day, year=start.year, iso=start.isoformat()
    )
