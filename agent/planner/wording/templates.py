"""Sentences from a language's templates: the words lie in its files, the figures in results.

A template is a file of ours and never made of data; what a tenant calls things reaches it as
values only. In a template each line is a sentence, or a line of a list where it starts with a
dash; a line that holds only `¶` begins a new paragraph. `pick(…)` chooses one of several
phrasings by the turn's seed: other turns read otherwise, the same turn always alike.
"""

import itertools
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent.languages import language
from agent.planner.wording.notes import noted
from agent.planner.wording.style import Style

_FOLDER = "wording"
_ENDING = ".j2"
_PARAGRAPH = "¶"
_LISTED = re.compile(r"^[-|>] ")


def rendered(name: str, style: Style, values: Mapping[str, Any]) -> str:
    """Return what a template says of values.

    Args:
        name: The template's file, without its ending.
        style: The language, and how figures are written.
        values: What the template speaks of.

    Raises:
        jinja2.TemplateError: There is no such template, or it needs a value that is not there.
    """
    return _laid_out(_template(style.language, name).render(_told(values, style)))


def phrase(name: str, macro: str, style: Style, /, **values: Any) -> str:
    """Return what one macro of a template says of values."""
    module = _template(style.language, name).make_module(_told({}, style))
    told = {key: plain(value) for key, value in values.items()}
    return _laid_out(str(getattr(module, macro)(**told)))


@cache
def exists(code: str, name: str) -> bool:
    """Tell whether a language has a template."""
    return language(code).folder.joinpath(_FOLDER, f"{name}{_ENDING}").is_file()


def read_all(code: str) -> None:
    """Read every template of a language, each of which takes ten milliseconds."""
    for file in language(code).folder.joinpath(_FOLDER).iterdir():
        if file.name.endswith(_ENDING):
            _template(code, file.name.removesuffix(_ENDING))


def plain(value: Any) -> Any:
    """Return a value whose texts stay on one line: a name cannot begin a list or a paragraph."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _told(values: Mapping[str, Any], style: Style) -> dict[str, Any]:
    return {**plain(values), "style": style, "picks": itertools.count(1)}


@cache
def _template(code: str, name: str) -> Template:
    return _environment(code).get_template(f"{name}{_ENDING}")


@cache
def _environment(code: str) -> ImmutableSandboxedEnvironment:
    words = language(code)
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: words.text(f"{_FOLDER}/{name}")),
        undefined=StrictUndefined,
        autoescape=False,  # what is written is text; each channel makes it harmless
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters |= {name: _by_style(write) for name, write in _WRITERS.items()}
    environment.filters["upfirst"] = _upfirst
    environment.globals["pick"] = _pick
    return environment


_WRITERS: dict[str, Callable[..., str]] = {
    "number": Style.number,
    "amount": Style.amount,
    "money": Style.money,
    "compact": Style.compact,
    "percent": Style.percent,
    "change": Style.change,
    "signed": Style.signed,
    "span": Style.span,
    "ends": Style.ends,
    "compact_ends": Style.compact_ends,
    "day": Style.date,
    "period": Style.period,
    "noted": noted,
}


def _by_style(write: Callable[..., str]) -> Callable[..., str]:
    """Return a filter for something that is written in the style of the turn."""

    @pass_context
    def written(context: Context, *values: Any) -> str:
        return write(context["style"], *values)

    return written


@pass_context
def _pick(context: Context, *phrasings: str) -> str:
    """Return one of several phrasings, by the turn's seed and how many were picked before."""
    style: Style = context["style"]
    picks: Iterator[int] = context["picks"]
    place = next(picks)
    if style.seed == 0:
        return phrasings[0]
    return phrasings[zlib.crc32(f"{style.seed}:{place}".encode()) % len(phrasings)]


def _upfirst(text: str) -> str:
    return text[:1].upper() + text[1:]


def _laid_out(text: str) -> str:
    """Join a template's lines: sentences to paragraphs, lists line by line."""
    paragraphs: list[list[str]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if line == _PARAGRAPH:
            paragraphs.append([])
        elif line:
            paragraphs[-1].append(line)
    return "\n\n".join(_paragraph(lines) for lines in paragraphs if lines)


def _paragraph(lines: list[str]) -> str:
    text = lines[0]
    for before, line in itertools.pairwise(lines):
        breaks = _LISTED.match(line) or _LISTED.match(before)
        text += f"{chr(10) if breaks else ' '}{line}"
    return text
