"""What people type in a hurry, written out before it is read: "fc 7 riverside nxt wk".

Signs of a chat (mentions, emoji codes, bold) are left out, shorthand is written out, and a slip
of the finger in a word about time is mended ("tommorow"). All the words are the language's.
"""

import re
import unicodedata
from functools import lru_cache

from agent.languages import Language, language
from agent.languages.language import any_of
from agent.languages.spelling import respelt
from agent.planner.dictated import in_figures
from agent.planner.joining import with_joined_names
from agent.planner.set_against import asked_for_both
from agent.planner.slips import mended
from tools.catalogue import Kind, Vocabulary

_ENGLISH = language("en")
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
        **dict.fromkeys("\N{PRIME}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}", "'"),
        **dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"'),
        **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", " "),
    }
)
_LINK = re.compile(r"<(?:https?|mailto):[^>|]*\|([^>]*)>")
_MARKUP = re.compile(r"<[@!#][^>]*>")
_BOLD = re.compile(r"(?<![\w*`~])([*`~]+)(?=\S)([^*`~\n]+)(?<=\S)\1(?![\w*`~])")
_ITALIC = re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]+)(?<=\S)_(?!\w)")
_CODE = re.compile(r"(?<![\w:]):([a-z0-9_+-]*[a-z_][a-z0-9_-]*|[+-]1):(?![\w:])", re.IGNORECASE)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]+")
_INVISIBLE = frozenset({"Cf", "Cc"})
_ID_KINDS: tuple[Kind, ...] = ("product", "store")


def written_out(text: str, words: Language = _ENGLISH, vocabulary: Vocabulary | None = None) -> str:
    """Return a question as it would be written with care; the rest stays as it is.

    Args:
        text: What was typed.
        words: The language it is in.
        vocabulary: The tenant's names, none of which is taken for a slip.
    """
    patterns = words.patterns("shorthand")
    text = mended(respelt(_without_chat_signs(text, words), words), words, vocabulary)
    text = words.patterns("goods")["compound"].sub(_parted, text)
    short = words.words("shorthand", "short")
    text = patterns["short"].sub(lambda found: _spaced(found, short[found[0].lower()]), text)
    text = in_figures(text, words)
    for pattern, instead in _replacements(words):
        text = pattern.sub(instead, text)
    text = asked_for_both(text, words)
    if vocabulary is not None:
        text = with_joined_names(text, words, vocabulary)
    return mended(_with_ids(text, words, vocabulary), words, vocabulary)


def _without_chat_signs(text: str, words: Language) -> str:
    """Leave out mentions, emoji, bold and invisible signs; keep what an emoji says."""
    faces = words.words("shorthand", "face")
    text = text.translate(_QUOTES)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    text = _LINK.sub(r"\1", text)
    text = _MARKUP.sub(" ", text)
    text = _CODE.sub(lambda code: f" {faces.get(code[1].lower(), '')} ", text)
    text = _EMOJI.sub(lambda sign: f" {faces.get(sign[0][:1], '')} ", text)
    text = _ITALIC.sub(r"\1", _BOLD.sub(r"\2", text))
    text = _spoken_to(words).sub(" ", text)
    return re.sub(r"[ \t]+", " ", text).strip()


@lru_cache(maxsize=16)
def _spoken_to(words: Language) -> re.Pattern[str]:
    """Return what matches the assistant's name where it is spoken to: "@tillsight"."""
    names = any_of(words.words("shorthand", "bot"))
    return re.compile(rf"(?<!\w)@{names}\b[:,]?", re.IGNORECASE)


@lru_cache(maxsize=16)
def _replacements(words: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the language's rewritings in their order."""
    replaced = words.table("shorthand").get("replaced", {})
    return tuple((words.compiled("shorthand", pattern), new) for pattern, new in replaced.items())


def _parted(found: re.Match[str]) -> str:
    """Write "Bananenumsatz" as the two words it is made of."""
    good, noun = found["good"], found["noun"]
    return f"{good} {noun.title() if good[0].isupper() else noun}"


def _spaced(found: re.Match[str], word: str) -> str:
    following = found.string[found.end() : found.end() + 1]
    return f"{word} " if following.isalnum() else word


def _with_ids(text: str, words: Language, vocabulary: Vocabulary | None) -> str:
    """Write "p22" out where 22 is a product and "p22" is none."""
    if vocabulary is None:
        return text
    for kind in _ID_KINDS:
        said = words.table("shorthand")["ids"][kind]
        known = vocabulary.ids[kind]

        def named(
            found: re.Match[str], known: dict[str, int] = known, to: str = said["text"]
        ) -> str:
            is_id = found["id"] in known and found[0].casefold() not in known
            return to.format(id=found["id"]) if is_id else found[0]

        text = words.compiled("shorthand", said["pattern"]).sub(named, text)
    return text
