"""What people type in a hurry, written out before it is read: "fc 7 riverside nxt wk".

Signs of a chat (mentions, emoji codes, bold) are left out, shorthand is written out, and a slip
of the finger in a word about time is mended ("tommorow"). All the words are the language's.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.languages import Language, language
from agent.languages.language import any_of
from agent.languages.numbers import number, prices_in_figures
from agent.languages.spelling import respelt
from tools.catalogue import Kind, Vocabulary
from tools.words import folded, is_close, is_ordinary

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
_WORD = re.compile(r"(?<![\w@'-])[^\W\d_]{4,}(?![\w'-]|\.\w)")
_ID_KINDS: tuple[Kind, ...] = ("product", "store")
_LONG = 7
_SLIPS = 2


def written_out(text: str, words: Language = _ENGLISH, vocabulary: Vocabulary | None = None) -> str:
    """Return a question as it would be written with care; the rest stays as it is.

    Args:
        text: What was typed.
        words: The language it is in.
        vocabulary: The tenant's names, none of which is taken for a slip.
    """
    patterns = words.patterns("shorthand")
    text = respelt(_without_chat_signs(text, words), words)
    text = words.patterns("goods")["compound"].sub(_parted, text)
    short = words.words("shorthand", "short")
    text = patterns["short"].sub(lambda found: _spaced(found, short[found[0].lower()]), text)
    coins = str(words.table("shorthand")["texts"]["cents"])

    def amount(found: re.Match[str]) -> str:
        return coins.format(amount=number(found["cents"] or found["short"], words) / 100)

    text = patterns["cents"].sub(amount, text)
    text = prices_in_figures(text, words)
    for pattern, instead in _replacements(words):
        text = pattern.sub(instead, text)
    return _mended(_with_ids(text, words, vocabulary), words, vocabulary)


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


def _mended(text: str, words: Language, vocabulary: Vocabulary | None) -> str:
    """Put right what is nearly one of the language's words about time, and nothing else."""

    def mend(found: re.Match[str]) -> str:
        typed = found[0]
        known = _nearest(folded(typed), words)
        if known is None or (vocabulary is not None and _names(typed, vocabulary)):
            return typed
        return known.title() if typed[0].isupper() else known

    return _WORD.sub(mend, text)


@lru_cache(maxsize=4096)
def _nearest(typed: str, words: Language) -> str | None:
    """Return the word that was meant; None for a word that is right or unlike all."""
    known = _mendable(words)
    if typed in _right(words) or is_ordinary(typed) or is_ordinary(typed, words.code):
        return None
    near = [word for word in known if _is_slip(typed, folded(word))]
    return min(near, key=lambda word: OSA.distance(typed, word), default=None)


@lru_cache(maxsize=16)
def _mendable(words: Language) -> tuple[str, ...]:
    """Return what slips are mended to: words about time, and what goods are called."""
    goods = (one for one in words.words("goods", "goods") if one.isalpha() and len(one) >= _LONG)
    return (*words.words("shorthand", "mended"), *goods)


@lru_cache(maxsize=16)
def _right(words: Language) -> frozenset[str]:
    """Return the words that are right as they stand: those about time, and some near them."""
    tables = [words.words("shorthand", name) for name in ("mended", "kept")]
    tables.append(words.words("goods", "goods"))
    tables += words.table("periods")["words"].values()
    return frozenset(folded(word) for table in tables for word in table)


def _is_slip(typed: str, known: str) -> bool:
    """Tell whether a word is another with a slip: one in a short word, two in a long one."""
    if is_close(typed, known):
        return True
    both_long = min(len(typed), len(known)) >= _LONG
    return both_long and typed[0] == known[0] and bool(OSA.distance(typed, known) <= _SLIPS)


def _names(typed: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is part of a name of the tenant's."""
    return any(index.exactly(folded(typed)) for index in vocabulary.indexes.values())
