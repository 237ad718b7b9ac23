"""The errors this application raises on purpose.

* AppError
  * Refused            you may not; nothing ran
  * InvalidArguments   asked badly; ask again like this
    * OutOfRange         beyond what the argument allows
    * UnknownItem        no product, store, person or tenant of that name
    * NeedsDetail        a needed argument is missing or ambiguous
  * CannotAnswer       well asked, but the data do not allow it; do not ask again
  * BadInput           a file, address or setting is not usable as given
  * Unavailable        the system cannot do it now: nothing ran, try later

Each says in one sentence what is wrong and what to do. Anything else that
escapes is a bug, and is allowed to escape to the log.
"""

from collections.abc import Sequence


class AppError(Exception):
    """An expected failure, told twice: once to the person, once to the audit log.

    Attributes:
        outcome: The word the audit trail uses: refused, invalid or failed.
        reason: The refusal class of `tools.md`, or an empty string.
    """

    outcome = "failed"
    reason = ""

    def __init__(self, message: str, *, audit_note: str = "") -> None:
        super().__init__(message)
        self.audit_note = audit_note or message


class Refused(AppError):
    """The caller may not; nothing ran."""

    outcome = "refused"
    reason = "permission"

    def __init__(self, message: str, *, audit_note: str = "", reason: str = "permission") -> None:
        super().__init__(message, audit_note=audit_note)
        self.reason = reason


class InvalidArguments(AppError):
    """The call was put badly; the caller may put it again."""

    outcome = "invalid"


class OutOfRange(InvalidArguments):
    """A value lies beyond what the argument allows; the message gives the range."""

    reason = "out_of_range"


class UnknownItem(InvalidArguments):
    """Nothing has that name; the message names the nearest."""

    reason = "unknown_item"

    def __init__(self, message: str, *, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)


class NeedsDetail(InvalidArguments):
    """A needed argument is missing or fits several things.

    Attributes:
        asks_for: Argument names, as in the tool contract.
        choices: What the person may choose from, when that is known.
    """

    def __init__(
        self, message: str, *, asks_for: Sequence[str], choices: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.asks_for = tuple(asks_for)
        self.choices = tuple(choices)


class CannotAnswer(AppError):
    """Well asked, but the data do not allow it; the message says what is missing."""

    reason = "not_enough_data"


class BadInput(AppError):
    """A file, address, mapping or setting cannot be used as given."""

    outcome = "invalid"


class Unavailable(AppError):
    """The system cannot do it now; nothing ran."""
