"""Phrases that many answers share: what about, which range, from which data, with which notes."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent.planner.wording.style import Style

Result = Mapping[str, Any]

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def about(result: Result) -> str:
    """Say what a result is about: "Cold Brew Coffee 1L at Riverside"."""
    product, store = result.get("product"), result.get("store")
    what = product["name"] if product else result.get("category") or "All products"
    return f"{what} at {store['name']}" if store else f"{what}, all stores"


def span(low: float, high: float, unit: str, style: Style) -> str:
    """Write a range: both ends with an en dash between, money with its sign."""
    ends = [style.number(end) if unit == "units" else style.money(end, unit) for end in (low, high)]
    return "\N{EN DASH}".join(ends)


def source(result: Result, style: Style) -> str:
    """Say which data and model a result comes from."""
    data = f"Data through {style.date(result['cutoff'])}"
    model = result.get("model")
    return f"{data}, model {model}." if model else f"{data}."


def notes(result: Result, style: Style) -> str:
    """Say what a result says must be said, with days written the tenant's way."""
    return " ".join(written(note, style) for note in result.get("notes") or ())


def written(text: str, style: Style) -> str:
    """Return text with every ISO day written the tenant's way."""
    return _DAY.sub(lambda found: style.date(found.group()), text)


def moment(text: str, style: Style) -> str:
    """Write the day of an ISO moment."""
    return style.date(datetime.fromisoformat(text).date())


def paragraphs(*parts: str) -> str:
    """Join the parts that say something, each on lines of its own."""
    return "\n\n".join(part for part in parts if part)


def sentences(*parts: str) -> str:
    """Join the sentences that say something."""
    return " ".join(part for part in parts if part)
