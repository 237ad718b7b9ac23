"""A person's yes or no to a request for approval, read from their own words alone.

No model takes part: a language model may be talked into anything, so only a message that says
just this counts, and a bare "yes" only right after the request was shown. Any of our languages
will do, whichever the conversation is in.
"""

import re
from dataclasses import dataclass

from agent.languages import codes, language


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
    for code in codes():
        patterns = language(code).patterns("consent")
        said = patterns["said"].fullmatch(words.strip())
        if said is not None:
            return _consent(said, patterns["no"], shown_just_now)
    return None


def _consent(
    said: re.Match[str], no: re.Pattern[str], shown_just_now: str | None
) -> Consent | None:
    approve = said["yes"] is not None
    if approve and no.search(said.string, said.end("yes")):
        return None  # "yes, no": nobody's consent
    if said["id"] is None:
        return Consent(shown_just_now, approve) if shown_just_now else None
    number = re.sub(r"\D", "", said["id"])
    return Consent(f"AP-{number}", approve)
