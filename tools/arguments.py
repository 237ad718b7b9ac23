"""Arguments as a model wrote them, turned into the one form that is checked, shown and kept."""

import json
from collections.abc import Callable, Iterable
from typing import Any, get_args

from pydantic import ValidationError

from tenants.errors import InvalidArguments, NeedsDetail, OutOfRange
from tools.catalogue import Kind, Vocabulary, resolve
from tools.contract import Tool, ToolArgs

_NAMED: tuple[Kind, ...] = ("product", "store", "category")
_RANGE = {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}
_DATES = {"date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact", "date_type"}


def parse(tool: Tool, arguments: str) -> ToolArgs:
    """Return the arguments, checked against what the tool declares.

    No message repeats a value: what a model wrote is not to be trusted.

    Raises:
        NeedsDetail: One that is needed is missing, or a date does not exist.
        OutOfRange: One is beyond its range; the message gives the range.
        InvalidArguments: Anything else that does not fit.
    """
    try:
        return tool.args_type.model_validate_json(arguments or "{}")
    except ValidationError as error:
        raise _explained(tool, error) from None


def with_ids(args: ToolArgs, vocabulary: Callable[[], Vocabulary]) -> ToolArgs:
    """Return the arguments with every product, store and category as the catalogue has it.

    Raises:
        NeedsDetail: A name fits several items.
        UnknownItem: A name fits none.
    """
    fields = type(args).model_fields
    said = {kind: getattr(args, kind) for kind in _NAMED if kind in fields}
    said = {kind: name for kind, name in said.items() if name is not None}
    if not said:
        return args
    known = vocabulary()
    return args.model_copy(update={kind: resolve(name, kind, known) for kind, name in said.items()})


def canonical(args: ToolArgs) -> dict[str, Any]:
    """Return the arguments that differ from their defaults, by name; whole numbers as such."""
    values = args.model_dump(mode="json", exclude_defaults=True)
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in sorted(values.items())
    }


def canonical_json(arguments: dict[str, Any]) -> str:
    """Return canonical arguments as text; equal calls have equal text."""
    return json.dumps(arguments, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _explained(tool: Tool, error: ValidationError) -> InvalidArguments:
    problems = error.errors(include_input=False, include_url=False, include_context=True)
    by_type: dict[str, list[str]] = {}
    for problem in problems:
        by_type.setdefault(problem["type"], []).append(str((problem["loc"] or ("",))[0]))
    fields = tool.args_type.model_fields
    if beyond := [problem for problem in problems if problem["type"] in _RANGE]:
        said = "; ".join(dict.fromkeys(_range(fields, str(p["loc"][0])) for p in beyond))
        return OutOfRange(f"Out of range: {said}.")
    if missing := [name for name in by_type.get("missing", []) if name in fields]:
        return NeedsDetail(f"{_and(missing)} must be given.", asks_for=missing)
    if dates := [name for kind in _DATES for name in by_type.get(kind, []) if name in fields]:
        return NeedsDetail(
            f"{_and(dates)} must be a day that exists, written as YYYY-MM-DD.", asks_for=dates
        )
    return InvalidArguments(
        f"Call {tool.name!r} again. {'; '.join(_sentence(p, fields) for p in problems[:5])}."
    )


def _sentence(problem: Any, fields: Iterable[str]) -> str:
    name = str((problem["loc"] or ("",))[0])
    if problem["type"] == "extra_forbidden":
        known = ", ".join(fields) or "none"
        return f"An argument was given that does not exist; there are: {known}"
    if name not in fields:
        return "The arguments must be one JSON object"
    return f"{name}: {problem['msg']}"


def _range(fields: dict[str, Any], name: str) -> str:
    low = high = None
    for rule in _rules(fields[name]):
        low = getattr(rule, "ge", getattr(rule, "gt", None)) if low is None else low
        high = getattr(rule, "le", getattr(rule, "lt", None)) if high is None else high
    if low is not None and high is not None:
        return f"{name} must be from {low} to {high}"
    return f"{name} must be at least {low}" if low is not None else f"{name} must be at most {high}"


def _rules(field: Any) -> list[Any]:
    nested = [rule for part in get_args(field.annotation) for rule in get_args(part)[1:]]
    return [*field.metadata, *nested]


def _and(names: list[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
