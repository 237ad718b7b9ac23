"""What people type in a hurry, written out before it is read: "fc 7 riverside nxt wk"."""

import re
from typing import Final

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
UNIT = r"(?:day|week|fortnight|month|quarter|year)s?"

_WORDS: Final = {
    "fc": "forecast",
    "fcst": "forecast",
    "nxt": "next",
    "lst": "last",
    "wk": "week",
    "wks": "weeks",
    "wkend": "weekend",
    "wknd": "weekend",
    "mth": "month",
    "mths": "months",
    "qtr": "quarter",
    "yr": "year",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "tmw": "tomorrow",
    "2moro": "tomorrow",
    "yday": "yesterday",
    "yesterdays": "yesterday's",
    "todays": "today's",
    "tomorrows": "tomorrow's",
    "rev": "revenue",
    "whatif": "what if",
    "how'd": "how did",
    "how\N{RIGHT SINGLE QUOTATION MARK}d": "how did",
    "w/": "with",
    "@": "at",
}
_SHORT = re.compile(
    r"(?<![\w.@/-])(?:" + "|".join(map(re.escape, _WORDS)) + r")(?=$|[\s?!,;:]|(?<=[@/])\w)",
    re.IGNORECASE,
)
_CENTS = re.compile(r"(?<![\d.,$])(\d{1,3})\s?(?:cents?\b|\N{CENT SIGN})", re.IGNORECASE)
_A_DOLLAR = re.compile(r"\b(?:a|one) (?:dollar|buck)\b", re.IGNORECASE)
_MEANS_ELSE = (
    rf"\s*(?:[%$/.:-]|\w*\d|(?:st|nd|rd|th|to|and|until|of|or|full|more|x)\b|{UNIT}\b|{MONTH})"
)
# A number right after "forecast" is a product's, unless it counts or dates something.
_BARE_ID = re.compile(
    rf"\b(forecast|predict)((?:\s+for|\s+of)?\s+)(\d{{1,4}})\b(?!{_MEANS_ELSE}|\s*(?:unit|percent))",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """Return a question with its shorthand written out; what is no shorthand stays as it is."""
    text = _SHORT.sub(lambda found: _spaced(found, _WORDS[found[0].lower()]), text)
    text = _CENTS.sub(lambda found: f"${int(found[1]) / 100:.2f}", text)
    text = _A_DOLLAR.sub("$1", text)
    return _BARE_ID.sub(r"\1\2product \3", text)


def _spaced(found: re.Match[str], word: str) -> str:
    following = found.string[found.end() : found.end() + 1]
    return f"{word} " if following.isalnum() else word
