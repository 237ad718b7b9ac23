"""What a file really is, by its first bytes, before anything reads it."""

from pathlib import Path

from tenants.errors import BadInput

_HEAD = 65_536

_SIGNATURES = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a zip archive or Excel workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a rar archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls); save it as .xlsx"),
    (b"\x80\x02", "a pickle, which can run code when loaded"),
    (b"\x80\x03", "a pickle, which can run code when loaded"),
    (b"\x80\x04", "a pickle, which can run code when loaded"),
    (b"\x80\x05", "a pickle, which can run code when loaded"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database; give it as sqlite:///PATH"),
)
_WIDE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml")


def head_of(path: Path, name: str) -> bytes:
    """Return the first bytes of a file.

    Raises:
        BadInput: It is empty or cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise BadInput(f"{name!r} cannot be read: {error.strerror}.") from error
    if not head:
        raise BadInput(f"{name!r} is empty; export it again or leave it out.")
    return head


def check_text(head: bytes, name: str, encoding: str | None) -> None:
    """Refuse what is not text, whatever the file is called.

    Raises:
        BadInput: The bytes are those of another kind of file, or of another encoding.
    """
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise BadInput(
                f"{name!r} is not text but {what}; export it as CSV or load it as it is."
            )
    if head.lstrip()[:9].lower().startswith(_MARKUP):
        raise BadInput(f"{name!r} is a web page or XML, not a table; export it as CSV.")
    if encoding is not None:
        return
    for mark, wide in _WIDE:
        if head.startswith(mark):
            raise BadInput(
                f"{name!r} is {wide}, not UTF-8; save it as UTF-8 or set "
                'format.encoding = "utf-16" in the mapping.'
            )
    if b"\0" in head:
        raise BadInput(
            f"{name!r} holds NUL bytes, so it is binary or UTF-16; save it as UTF-8 text."
        )


def check_parquet(head: bytes, name: str) -> None:
    """Refuse a file that is called Parquet and is not.

    Raises:
        BadInput: It does not begin like one.
    """
    if not head.startswith(b"PAR1"):
        raise BadInput(f"{name!r} is not a Parquet file although it is named so; export it again.")
