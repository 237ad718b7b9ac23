"""Reading a document from a file: Markdown, plain text or PDF, and nothing else."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.cleaning import Cleaned, cleaned, one_line
from knowledge.documents import Document, Page
from tenants.errors import BadInput

SUFFIXES = (".md", ".txt", ".pdf")
MOST_FILES = 500
MOST_BYTES = 20 * 1024**2
MOST_CHARACTERS = 1_000_000
MOST_PAGES = 300
_PDF_SECONDS = 60
_LONGEST_NAME = 120
_FRONT = re.compile(r"\A---\n(?P<fields>(?:[^\n]{0,300}\n){0,40}?)---\n")
_FIELD = re.compile(r"^(?P<name>title|date)\s*:\s*[\"']?(?P<value>.+?)[\"']?\s*$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"\A\s*(?:#\s+(?P<marked>[^\n]+)|(?P<plain>[^\n]{1,80})\n=+\n)")
_DATED = re.compile(
    r"(?:in force (?:since|from)|valid from|last updated|updated|version of|stand|gültig ab|date)"
    r"\s*:?\s*(?P<day>\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_LOOKED_AT = 600


def files_at(path: Path) -> list[tuple[Path, str]]:
    """Return the documents at a path, each with the name it will have.

    Raises:
        BadInput: Nothing there can be read.
    """
    if path.is_file():
        if path.suffix.lower() not in SUFFIXES:
            raise BadInput(
                f"{path.name!r} is not Markdown (.md), plain text (.txt) or PDF (.pdf); "
                "save it as one of these."
            )
        return [(path, _name(path.name))]
    if not path.is_dir():
        raise BadInput(f"There is nothing at {str(path)!r}; give a file or a folder.")
    found = sorted(
        one
        for one in path.rglob("*")
        if one.is_file() and not one.is_symlink() and one.suffix.lower() in SUFFIXES
    )
    if not found:
        raise BadInput(f"There is no {', '.join(SUFFIXES)} file in {str(path)!r}.")
    if len(found) > MOST_FILES:
        raise BadInput(f"{str(path)!r} holds {len(found)} documents; at most {MOST_FILES} at once.")
    return [(one, _name(one.relative_to(path).as_posix())) for one in found]


def read_file(path: Path, name: str) -> Document:
    """Return the document in a file.

    Raises:
        BadInput: It is too large, not text, or hides words from its readers.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadInput(f"{name!r} has {size / 1024**2:.0f} MB; at most 20 MB are read.")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".pdf":
        told = _pdf(path, name)
        pages = [(cleaned(text), number) for number, text in enumerate(told["pages"], start=1)]
        return _document(name, digest, pages, title=str(told["title"]))
    text = cleaned(_decoded(data, name), markup=path.suffix.lower() == ".md")
    return _document(name, digest, [(text, None)])


def read_text(name: str, text: str) -> Document:
    """Return the document that a Markdown text is.

    Raises:
        BadInput: It is too long, or hides words from its readers.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    return _document(name, digest, [(cleaned(text, markup=True), None)])


def _document(
    name: str, digest: str, parts: Sequence[tuple[Cleaned, int | None]], *, title: str = ""
) -> Document:
    tags = sum(part.tags for part, _ in parts)
    if tags:
        raise BadInput(
            f"{name!r} hides {tags} tag characters, words that people cannot see; it was not "
            "added. Remove them and add it again."
        )
    if sum(len(part.text) for part, _ in parts) > MOST_CHARACTERS:
        raise BadInput(f"{name!r} holds more than {MOST_CHARACTERS:,} characters; split it.")
    if not any(part.text.strip() for part, _ in parts):
        raise BadInput(f"{name!r} holds no text; pages that are pictures cannot be read.")
    text = parts[0][0].text
    fields, body = _front(text)
    pages = [Page(body, parts[0][1]), *(Page(part.text, number) for part, number in parts[1:])]
    first = _FIRST_HEADING.match(body)
    said = fields.get("title") or title or (first and (first["marked"] or first["plain"])) or ""
    stem = Path(name).stem.replace("-", " ").replace("_", " ")
    return Document(
        name=name,
        kind="document",
        title=one_line(said, _LONGEST_NAME) or stem[:1].upper() + stem[1:],
        dated=_day(fields.get("date", "")) or _dated(body),
        pages=tuple(page for page in pages if page.text.strip()),
        sha256=digest,
        removed=sum(part.removed for part, _ in parts),
        hidden=sum(part.comments for part, _ in parts),
    )


def _front(text: str) -> tuple[dict[str, str], str]:
    """Return title and date stated before the text, and the text without them."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    fields = {one["name"]: one["value"] for one in _FIELD.finditer(found["fields"])}
    return fields, text[found.end() :]


def _dated(text: str) -> date | None:
    found = _DATED.search(text[:_LOOKED_AT])
    return None if found is None else _day(found["day"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name!r} is not UTF-8 text at byte {error.start}; save it as UTF-8."
        ) from error


def _name(name: str) -> str:
    return one_line(name, _LONGEST_NAME)


def _pdf(path: Path, name: str) -> dict[str, Any]:
    script = Path(__file__).with_name("pdf_pages.py")
    command = [sys.executable, "-I", str(script), str(path.resolve()), str(MOST_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; the file is an argument, never code
            command, capture_output=True, timeout=_PDF_SECONDS, check=False
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise BadInput(f"{name!r} takes too long or too much memory to read.") from error
    if "error" in told:
        raise BadInput(f"{name!r} {told['error']}.")
    return told
