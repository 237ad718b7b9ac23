"""Read a PDF's text in a process of its own: `python pdf_pages.py FILE MOST_PAGES`.

A crafted PDF can take all memory or never end; here it can only end this process. It prints JSON
to standard output: `{"pages": [...], "title": …}`, or `{"error": …}`.
"""

import json
import logging
import resource
import sys
from pathlib import Path

_SECONDS = 30
_BYTES = 2 * 1024**3
_MOST_CHARACTERS = 1_000_000


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(path: Path, most_pages: int) -> dict[str, object]:
    from pypdf import PdfReader  # noqa: PLC0415 - loaded under the limits

    with path.open("rb") as stream:
        reader = PdfReader(stream)
        if reader.is_encrypted:
            return {"error": "is encrypted; save it without a password"}
        if len(reader.pages) > most_pages:
            return {"error": f"has {len(reader.pages)} pages; at most {most_pages} are read"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > _MOST_CHARACTERS:
                return {"error": f"holds more than {_MOST_CHARACTERS:,} characters; split it"}
        metadata = reader.metadata
        title = metadata.title if metadata is not None else None
        return {"pages": pages, "title": str(title or "")}


def main() -> None:
    """Print what the file holds, or in words why it cannot be read."""
    logging.disable()
    _limit()
    try:
        told = _read(Path(sys.argv[1]), int(sys.argv[2]))
    except MemoryError:
        told = {"error": "takes too much memory to read"}
    except Exception as broken:  # noqa: BLE001 - whatever a broken file does, it is said in words
        told = {"error": f"is not a readable PDF ({type(broken).__name__})"}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
