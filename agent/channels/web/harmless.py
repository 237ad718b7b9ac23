"""Text made safe to show as Markdown: no pictures, no links, no tags, whatever the data say."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import Any

_ADDRESS = re.compile(
    r"(?i)\b(?:[a-z][a-z0-9+.-]*:(?=//)|javascript:|data:|mailto:)|\bwww\.|@(?=\w)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_FENCE = re.compile(r"`{3,}|~{3,}")


def harmless(text: str) -> str:
    """Return Markdown in which emphasis and lists work, and nothing leads anywhere.

    A name in the data may hold Markdown or HTML; a picture's address could carry figures out
    of the house, so pictures, links, addresses and tags all become plain text.
    """
    plain = _CONTROL.sub("", text)
    plain = html.escape(plain, quote=False)
    plain = re.sub(r"[\[\]]", lambda found: f"&#{ord(found.group())};", plain)
    return _ADDRESS.sub(lambda found: _unlinked(found.group()), plain)


def literal(text: object) -> str:
    """Return text that Markdown shows exactly as it is, on one line."""
    joined = " ".join(_CONTROL.sub("", str(text)).split())
    return re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found.group())};", joined)


def code(value: Any) -> str:
    """Return a value as a block of JSON that cannot end early."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    text = _FENCE.sub(lambda found: "".join(f"\\u{ord(each):04x}" for each in found.group()), text)
    return f"```json\n{_CONTROL.sub('', text)}\n```"


def label(text: object, longest: int = 60) -> str:
    """Return text for a chart, where markup would be read as markup too."""
    visible = "".join(each for each in str(text) if unicodedata.category(each) not in {"Cc", "Cf"})
    cut = visible if len(visible) <= longest else visible[: longest - 1] + "…"
    return html.escape(cut, quote=False).replace("$", "&#36;")


def _unlinked(start: str) -> str:
    return "".join(f"&#{ord(each)};" if each in ":.@" else each for each in start)
