"""A person's yes or no to a request for approval, read from their own words alone.

No model takes part: a language model may be talked into anything, so only a message that says
just this counts, and a bare "yes" only right after the request was shown.
"""

import re
from dataclasses import dataclass

_POLITE = r"(?:please|now|myself|then|it|this|that|request|the request|approval)"
_YES = (
    r"(?:yes|yep|yeah|ok|okay|sure|approve[d]?|confirm(?:ed)?|go ahead|do it|accept(?:ed)?|"
    r"i approve|i confirm|proceed)"
)
_NO = (
    r"(?:no|nope|deny|denied|reject(?:ed)?|decline[d]?|cancel(?: it)?|don'?t(?: do it)?|do not|"
    r"i deny|stop)"
)
_SAID = re.compile(
    rf"\W*(?:please\s+)?(?:(?P<yes>{_YES})|(?P<no>{_NO}))\b"
    rf"(?:[\s,.!]+(?:{_YES}|{_POLITE}|{_NO}))*"
    r"(?:[\s,:.#!]*\b(?P<id>ap-?\s?\d{1,9})\b)?"
    rf"(?:[\s,.!]+{_POLITE})*\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Consent:
    """A decision on one request."""

    approval: str
    approve: bool


def read_consent(words: str, shown_just_now: str | None) -> Consent | None:
    """Return the decision that a message is, or None when it is anything else.

    Args:
        words: The person's message.
        shown_just_now: The request that the message before asked about, if it did.
    """
    said = _SAID.fullmatch(words.strip())
    if said is None:
        return None
    approve = said["yes"] is not None
    if approve and re.search(rf"\b{_NO}\b", words[said.end("yes") :], re.IGNORECASE):
        return None  # "yes, no": nobody's consent
    named = said["id"]
    if named is None:
        return Consent(shown_just_now, approve) if shown_just_now else None
    number = re.sub(r"\D", "", named)
    return Consent(f"AP-{number}", approve)
