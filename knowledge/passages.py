"""Cutting a document into passages, by its headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.cleaning import one_line
from knowledge.documents import Document, Page, Passage

MOST_PASSAGES = 2_000
_LONGEST = 900
_LONGEST_HEADING = 80
_DEEPEST = 6
_MARKED = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(=|-){3,}$")
_SHOUTED = re.compile(r"^[A-ZÄÖÜ0-9][A-ZÄÖÜ0-9 ,.&/()'-]{3,59}$")
_RULE = re.compile(r"^\s*(?:\|?[\s:|-]*-{3,}[\s:|-]*|[=*_-]{3,})\s*$")
STEP = " / "
"""Stands between a heading and the one under it."""
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"'“(\[]?[A-ZÄÖÜ0-9])")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


@dataclass(slots=True)
class _Outline:
    """The headings a line stands under."""

    levels: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, words: str) -> None:
        self.levels = [one for one in self.levels if one[0] < level]
        self.levels.append((level, words))

    def path(self, title: str) -> str:
        return STEP.join(words for _, words in self.levels if words != title)


def cut(document: Document) -> list[Passage]:
    """Return a document's passages, each under its headings and none longer than a screen."""
    found: list[Passage] = []
    outline = _Outline()
    for page in document.pages:
        for heading, text in _sections(page, outline, document.title):
            for part in _fitting(text):
                found.append(_passage(document, heading, len(found) + 1, page.number, part))
                if len(found) == MOST_PASSAGES:
                    return found
    return found


def sentences(text: str) -> list[str]:
    """Return the sentences and list items of a passage."""
    return [
        sentence.strip()
        for line in text.split("\n")
        for sentence in _SENTENCE.split(line)
        if sentence.strip()
    ]


def _passage(document: Document, heading: str, number: int, page: int | None, text: str) -> Passage:
    return Passage(
        document=document.name,
        kind=document.kind,
        title=document.title,
        dated=document.dated,
        heading=heading,
        number=number,
        page=page,
        text=text,
    )


def _sections(page: Page, outline: _Outline, title: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs under each heading; headings without text are only passed through."""
    blocks: list[str] = []
    lines: list[str] = []

    def closed() -> list[str]:
        if lines:
            blocks.append(_flowing(lines))
            lines.clear()
        done = blocks.copy()
        blocks.clear()
        return done

    for line, below in _pairs(page.text):
        level = _heading_level(line, below)
        if level:
            if done := closed():
                yield outline.path(title), done
            outline.enter(level, one_line(_plain(line.strip().strip("#")), _LONGEST_HEADING))
        elif _RULE.match(line):
            continue
        elif not line.strip():
            if lines:
                blocks.append(_flowing(lines))
                lines.clear()
        else:
            lines.append(_plain(line.rstrip()))
    if done := closed():
        yield outline.path(title), done


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    lines = text.split("\n")
    return zip(lines, [*lines[1:], ""], strict=True)


def _heading_level(line: str, below: str) -> int:
    """Return how deep a heading is, 0 for other lines."""
    if marked := _MARKED.match(line):
        return len(marked[1])
    words = line.strip()
    if words and len(words) <= _LONGEST_HEADING and not _RULE.match(line):
        underlined = _UNDERLINE.match(below.strip())
        if underlined and not words.startswith("|"):
            return 1 if underlined[1] == "=" else 2
        if _SHOUTED.match(words) and any(letter.isalpha() for letter in words):
            return _DEEPEST
    return 0


def _flowing(lines: list[str]) -> str:
    """Join the lines of a paragraph; items and table rows keep lines of their own."""
    text = lines[0].strip()
    for line in lines[1:]:
        own = _ITEM.match(line) or line.lstrip().startswith("|")
        text += ("\n" if own else " ") + line.strip()
    return text


def _plain(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line))


def _fitting(blocks: list[str]) -> Iterator[str]:
    """Yield texts that fit on a screen, made of whole paragraphs where these are short enough."""
    text = ""
    for block in (part for whole in blocks for part in _short(whole)):
        if text and len(text) + len(block) + 1 > _LONGEST:
            yield text
            text = ""
        text = f"{text}\n{block}" if text else block
    if text:
        yield text


def _short(block: str) -> Iterator[str]:
    if len(block) <= _LONGEST:
        yield block
        return
    text = ""
    for sentence in (part for whole in sentences(block) for part in _hard_cut(whole)):
        if text and len(text) + len(sentence) + 1 > _LONGEST:
            yield text
            text = ""
        text = f"{text} {sentence}" if text else sentence
    if text:
        yield text


def _hard_cut(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), _LONGEST):
        yield sentence[start : start + _LONGEST]
