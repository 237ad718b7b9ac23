"""Find what a free sentence names: products, stores, categories, regions, formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.mention import Mention, Status
from tools.numbered import NumberedReader
from tools.ordinary_words import ordinary_words
from tools.vocabulary import NOTHING, Kind, Numbers, Vocabulary, is_ordinary_here, is_weak
from tools.words import Word, digits_of, forms, is_misspelt_ordinary, is_ordinary, words_of

_KINDS: tuple[Kind, ...] = ("product", "store", "category", "region", "format")


@dataclass(frozen=True, slots=True)
class _Run:
    """Words `first` to `last - 1`, which these numbers of a kind have in common."""

    kind: Kind
    first: int
    last: int
    numbers: Numbers
    exact: int
    strong: bool
    contradicts: bool = False


def mentions(sentence: str, vocabulary: Vocabulary, code: str = "en") -> list[Mention]:
    """Return what the sentence names, in its order.

    A part that fits several names is ambiguous; one whose words fit no name together ("oat
    milk", "store 9") is unknown. A word may be a plural, a beginning or a misspelling.
    `code` is the language of the sentence.
    """
    return _Reader(sentence, vocabulary, code).read()


def strangers(sentence: str, vocabulary: Vocabulary, code: str = "en") -> list[tuple[int, int]]:
    """Return where parts stand that name nothing known and are no ordinary words."""
    reader = _Reader(sentence, vocabulary, code)
    named = [(mention.start, mention.end) for mention in reader.read()]
    parts: list[list[Word]] = []
    last = -2
    for place, word in enumerate(reader.words):
        inside = any(start <= word.start < end for start, end in named)
        if inside or is_ordinary(word.text, code) or is_misspelt_ordinary(word.text, code):
            continue
        if place == last + 1 and word.follows_closely and parts:
            parts[-1].append(word)
        else:
            parts.append([word])
        last = place
    return [(part[0].start, part[-1].end) for part in parts]


class _Reader:
    def __init__(self, sentence: str, vocabulary: Vocabulary, code: str) -> None:
        self.sentence = sentence
        self.vocabulary = vocabulary
        self.code = code
        self.ordinary = ordinary_words(code)
        self.words = words_of(sentence)
        self._found: dict[tuple[Kind, int], tuple[Numbers, int, bool]] = {}

    def read(self) -> list[Mention]:
        """Return the mentions in the order of the sentence."""
        by_id = list(NumberedReader(self.sentence, self.words, self.vocabulary, self.code).read())
        taken = {place for _, places in by_id for place in places}
        found = [mention for mention, _ in by_id]
        place = 0
        while place < len(self.words):
            run = None if place in taken else self._best_run(place, taken)
            if run is None:
                place += 1
                continue
            found.append(self._mention(self._widened(run, found)))
            place = max(run.last, self._place_after(found[-1].end))
        return sorted(found, key=lambda mention: mention.start)

    def _best_run(self, place: int, taken: set[int]) -> _Run | None:
        runs = [self._run(kind, place, taken) for kind in _KINDS]
        strong = [run for run in runs if run is not None and run.strong]
        if not strong:
            return None
        at_store = place > 0 and self.words[place - 1].text in self.ordinary.places
        return max(
            strong,
            key=lambda run: (
                run.last - run.first,
                run.exact,
                bool(self.vocabulary.indexes[run.kind].named(self._texts(run))),
                run.kind == "store" and at_store,
                -_KINDS.index(run.kind),
            ),
        )

    def _run(self, kind: Kind, place: int, taken: set[int]) -> _Run | None:
        numbers, width, is_exact = self._matches(kind, place)
        if not numbers or self._names_nothing(place):
            return None
        last = place + width
        exact = width if is_exact else 0
        strong = (
            not is_weak(self.words[place].text, self.code)
            or self._is_group(kind, place)
            or self._is_named_so(kind, place)
        )
        while last < len(self.words) and last not in taken:
            following = self._joined_by_of(kind, last)
            more, width, is_exact = self._matches(kind, following)
            word = self.words[following]
            if not more or not (word.follows_closely or following > last):
                break
            if following > last and not numbers & more and self._only_measures(place, last):
                return None  # "packs of bananas" are bananas
            if not numbers & more:
                if (
                    is_exact
                    and not is_weak(word.text, self.code)
                    and not self._is_whole(kind, numbers, place, last)
                ):
                    return _Run(kind, place, following + width, numbers | more, exact, True, True)
                break
            numbers &= more
            last = following + width
            exact += width if is_exact else 0
            strong = strong or not is_weak(word.text, self.code)
        numbers = self.vocabulary.indexes[kind].named(self._texts_of(place, last)) or numbers
        return _Run(kind, place, last, numbers, exact, strong or last - place > 1)

    def _is_group(self, kind: Kind, place: int) -> bool:
        """Tell whether "the outlet" names a format of the tenant's, not just any store."""
        text = self.words[place].text
        index = self.vocabulary.indexes[kind]
        return kind == "format" and text in self.ordinary.kinds and bool(index.named([text]))

    def _is_named_so(self, kind: Kind, place: int) -> bool:
        """Tell whether a category is called by a word that only resembles an ordinary one.

        A shop with a category "Hiking" means that, unless it speaks of "hiking the price".
        """
        text = self.words[place].text
        following = self.words[place + 1].text if place + 1 < len(self.words) else ""
        if (
            kind != "category"
            or text in self.ordinary.ordinary
            or following in self.ordinary.after_verbs
        ):
            return False
        return bool(self.vocabulary.indexes[kind].named([text]))

    def _only_measures(self, first: int, last: int) -> bool:
        """Tell whether words only say in what a thing is counted: "packs", "bars"."""
        packs = self.ordinary.packs
        return all(any(form in packs for form in forms(w)) for w in self._texts_of(first, last))

    def _joined_by_of(self, kind: Kind, place: int) -> int:
        """Step over the "of" in "bars of granola" where a word of a name follows."""
        is_of = self.words[place].text in self.ordinary.of_words and place + 1 < len(self.words)
        return place + 1 if is_of and self._matches(kind, place + 1)[0] else place

    def _matches(self, kind: Kind, place: int) -> tuple[Numbers, int, bool]:
        """Return the names a word may stand for, how many words it takes, and if it is spelt so."""
        key = (kind, place)
        if key not in self._found:
            self._found[key] = self._look_up(kind, place)
        return self._found[key]

    def _look_up(self, kind: Kind, place: int) -> tuple[Numbers, int, bool]:
        index = self.vocabulary.indexes[kind]
        text = self.words[place].text
        if place + 1 < len(self.words) and self.words[place + 1].follows_closely:
            joined = digits_of(text, self.code) + self.words[place + 1].text
            if not index.exactly(text) or text.isdigit():
                found = index.exactly(joined)
                if found:
                    return found, 2, True
        if found := index.exactly(text):
            return found, 1, True
        if is_ordinary_here(text, self.code) or not text.isalpha():
            return NOTHING, 1, False
        return index.nearly(text), 1, False

    def _names_nothing(self, place: int) -> bool:
        """Tell the verb in "produce a forecast" and the drawing in "bar chart" from names."""
        after = self.words[place + 1].text if place + 1 < len(self.words) else ""
        before = self.words[place - 1].text if place else ""
        # "Milk this week" is no order to milk.
        opens = place == 0 and after not in self.ordinary.time_leads
        is_verb = (
            after in self.ordinary.not_before
            and (opens or self.words[place].text in self.ordinary.order_verbs)
            and before not in self.ordinary.noun_leads
        )
        return is_verb or after in self.ordinary.drawings

    def _is_whole(self, kind: Kind, numbers: Numbers, first: int, last: int) -> bool:
        """Tell whether words say a whole name, be it without its size: "paper towels"."""
        said = self._texts_of(first, last)
        packs = self.ordinary.packs
        is_word = last < len(self.words) and self.words[last].text.isalpha()  # "juice 2L" is one
        left_out = packs if is_word else None
        return any(self.vocabulary.indexes[kind].covers(n, said, left_out) for n in numbers)

    def _widened(self, run: _Run, found: Sequence[Mention]) -> _Run:
        """Take in the word before or after that says it is another product: "oat milk"."""
        if run.kind not in {"product", "category"}:
            return run
        first, last = run.first, run.last
        named = [(mention.start, mention.end) for mention in found]
        while first > 0 and self.words[first].follows_closely and self._is_qualifier(first - 1):
            if any(start <= self.words[first - 1].start < end for start, end in named):
                break
            first -= 1
        if last < len(self.words) and self.words[last].follows_closely:
            noun = self.words[last].text
            if (
                any(form in self.ordinary.product_nouns for form in forms(noun))
                and not self._matches(run.kind, last)[0]
            ):
                last += 1
        if (first, last) == (run.first, run.last):
            return run
        return _Run(run.kind, first, last, run.numbers, run.exact, True, True)

    def _is_qualifier(self, place: int) -> bool:
        word = self.words[place]
        if not word.text.isalpha():
            return False
        if not is_ordinary_here(word.text, self.code):
            return not word.text.endswith(self.ordinary.manner_endings)
        if word.text.endswith(self.ordinary.deed_endings) or word.text in self.ordinary.cuts:
            return False  # "best-selling beverages" and "day-by-day milk" are these
        after = self.words[place + 1]
        return after.is_hyphened or (word.is_hyphened and self._is_qualifier(place - 1))

    def _mention(self, run: _Run) -> Mention:
        start, end = self.words[run.first].start, self.words[run.last - 1].end
        said = range(run.first, run.last)
        numbers = sorted(
            run.numbers,
            key=lambda n: (-sum(n in self._matches(run.kind, place)[0] for place in said), n),
        )
        status = Status.EXACT if len(numbers) == 1 else Status.AMBIGUOUS
        if run.contradicts:
            status = Status.UNKNOWN
        groups = [self.vocabulary.members(run.kind, number) for number in numbers]
        ids = groups[0] if status is Status.EXACT else tuple(ids[0] for ids in groups)
        names = tuple(self.vocabulary.name(run.kind, number) for number in numbers)
        return Mention(run.kind, self.sentence[start:end], start, end, status, ids, names)

    def _place_after(self, offset: int) -> int:
        return sum(word.start < offset for word in self.words)

    def _texts(self, run: _Run) -> list[str]:
        return self._texts_of(run.first, run.last)

    def _texts_of(self, first: int, last: int) -> list[str]:
        return [word.text for word in self.words[first:last]]


def without(sentence: str, found: Sequence[Mention]) -> str:
    """Return the sentence with every mention blanked out, for reading what is left."""
    for mention in found:
        blank = " " * (mention.end - mention.start)
        sentence = sentence[: mention.start] + blank + sentence[mention.end :]
    return re.sub(r"\s+$", "", sentence)
