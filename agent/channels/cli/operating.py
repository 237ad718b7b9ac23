"""Running an operation through the counter, as a command does."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agent.channels.cli.invocation import Invocation
from tenants.errors import AppError, CannotAnswer

if TYPE_CHECKING:  # commands import this module; the gateway loads the engine
    from tools.outcomes import Awaiting, Denied, Failed, Succeeded


def operate(
    call: Invocation, operation: str, arguments: Mapping[str, Any], *, title: str
) -> dict[str, Any]:
    """Run one operation for the person who asks; return its result ready for JSON.

    Arguments that are None are left out.

    Raises:
        AppError: It was refused, asked badly, or could not be done.
    """
    from tools.outcomes import ToolCall  # noqa: PLC0415 - loads the engine

    given = {key: value for key, value in arguments.items() if value is not None}
    request = ToolCall(uuid.uuid4().hex, operation, json.dumps(given, default=str))
    principal = call.principal
    with call.progress(title) as progress:
        done = call.application.counter.operations.call(request, principal, progress=progress)
    return result_of(done)


def result_of(done: Succeeded | Failed | Awaiting | Denied) -> dict[str, Any]:
    """Return the result of a call ready for JSON; of one that was denied, nothing.

    Raises:
        AppError: It failed, or must be approved first.
    """
    from tools.outcomes import Awaiting, Failed, Succeeded  # noqa: PLC0415 - loads the engine

    if isinstance(done, Failed):
        raise _error(done)
    if isinstance(done, Awaiting):
        raise CannotAnswer(f"{done.tool!r} waits for an approval; see `tillsight approvals list`.")
    return done.result.model_dump(mode="json") if isinstance(done, Succeeded) else {}


def _error(failed: Failed) -> AppError:
    error = AppError(failed.message)
    error.outcome, error.reason = str(failed.outcome), failed.reason
    return error
