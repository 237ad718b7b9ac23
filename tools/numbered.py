"""Find what a sentence names by its number or id: "product 1", "stores 2 and 3", "SKU-0042"."""

from collections.abc import Iterator, Sequence

from tools.mention import Mention, Status
from tools.ordinary_words import ordinary_words
from tools.vocabulary import Kind, Vocabulary, is_ordinary_here
from tools.words import Word, digits_of, forms


def _ends_a_sentence(word: Word) -> bool:
    """Tell whether a sentence ends before a word; a stop before digits may be of "no. 5"."""
    gap = word.gap.strip()
    return bool(set(gap) & set("?!;")) or (gap.startswith(".") and not word.text.isdigit())


class NumberedReader:
    """Reads the ids of one sentence."""

    def __init__(
        self, sentence: str, words: Sequence[Word], vocabulary: Vocabulary, code: str
    ) -> None:
        self.sentence = sentence
        self.words = words
        self.vocabulary = vocabulary
        self.code = code
        self.ordinary = ordinary_words(code)

    def read(self) -> Iterator[tuple[Mention, tuple[int, ...]]]:
        """Find "product 1", "stores 2 and 3", "#3" and ids that only an id can be."""
        place = 0
        while place < len(self.words):
            word = self.words[place]
            if (found := self._chunk(place)) is not None:
                mention, last = found
                yield mention, tuple(range(place, last + 1))
                place = last + 1
                continue
            kind = self._kind_said(word)
            listed = list(self._listed_ids(kind, place + 1)) if kind else []
            if listed:
                yield from listed
                place = listed[-1][1][-1]
            elif "#" in word.gap and word.text.isdigit():
                yield self._by_id("product", place, place), (place,)
            place += 1

    def _kind_said(self, word: Word) -> Kind | None:
        """Return what "product" or "stores" says the ids after it are."""
        kinds = self.ordinary.kinds
        return next((kinds[form] for form in forms(word.text) if form in kinds), None)

    def _listed_ids(self, kind: Kind, place: int) -> Iterator[tuple[Mention, tuple[int, ...]]]:
        opening = place - 1
        while place < len(self.words):
            word = self.words[place]
            if _ends_a_sentence(word):
                return  # "which products? Three will do."
            key = digits_of(word.text, self.code)
            known = key in self.vocabulary.ids[kind] and not is_ordinary_here(key, self.code)
            if (key.isdigit() or known) and not self._counts_something(place):
                if self._is_apart(opening, place) and self._opens_a_range(place):
                    return  # "store 5, 13 to 19 July"
                if opening < place and "," in word.gap:
                    return  # "for bagels, same shop, 12 on hand"
                yield self._by_id(kind, opening, place, key), tuple(range(opening, place + 1))
                opening = place + 1
            elif word.text in self.ordinary.listing:
                opening = place + 1
            elif word.text not in self.ordinary.numbering:
                return
            place += 1

    def _is_apart(self, opening: int, place: int) -> bool:
        """Tell whether a number is set off from the kind or the id before: "all stores, 13"."""
        return opening == place or bool(self.words[place].gap.strip())

    def _counts_something(self, place: int) -> bool:
        after = self.words[place + 1] if place + 1 < len(self.words) else None
        ending = self.sentence[self.words[place].end :][:2].lstrip(" -")  # "a 90-% interval"
        if ending[:1] in {"%", "$", "€", "£"} and ending:
            return True
        return (
            after is not None
            and after.follows_closely
            and any(form in self.ordinary.units for form in forms(after.text))
        )

    def _opens_a_range(self, place: int) -> bool:
        """Tell whether a number is the first of "13 to 19", which no list of ids goes on with."""
        after = self.words[place + 1 : place + 3]
        is_joined = bool(after) and after[0].gap.strip() in {"-", "\u2013"}
        if is_joined and after[0].text.isdigit():
            return True
        ends = [word.text for word in after]
        return len(ends) > 1 and ends[0] in self.ordinary.reaching and ends[1].isdigit()

    def _chunk(self, place: int) -> tuple[Mention, int] | None:
        """Match ids with letters and digits, such as SKU-0042, written as one."""
        last = place
        while last + 1 < len(self.words) and self.words[last + 1].gap in {"-", "_", "/", "."}:
            last += 1
        text = self.sentence[self.words[place].start : self.words[last].end].casefold()
        if not (any(c.isdigit() for c in text) and any(c.isalpha() for c in text)):
            return None
        for kind in ("product", "store"):
            if text in self.vocabulary.ids[kind]:
                return self._by_id(kind, place, last, text), last
        return None

    def _by_id(self, kind: Kind, first: int, last: int, key: str | None = None) -> Mention:
        start, end = self.words[first].start, self.words[last].end
        number = self.vocabulary.ids[kind].get(key or self.words[last].text)
        ids = () if number is None else self.vocabulary.members(kind, number)
        names = () if number is None else (self.vocabulary.name(kind, number),)
        status = Status.UNKNOWN if number is None else Status.EXACT
        return Mention(kind, self.sentence[start:end], start, end, status, ids, names)
