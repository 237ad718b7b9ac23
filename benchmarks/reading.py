"""How long reading a question takes: names in a large catalogue, and learning what is wanted."""

import statistics
from collections.abc import Iterator

from agent.languages import codes, language
from agent.planner.understanding.grammar import examples
from agent.planner.understanding.training import learnt
from benchmarks.measure import Measure, timed
from tools.catalogue import NamedItem, Vocabulary
from tools.mentions import mentions

PART = "read"
TIMES = 20
SENTENCE_MILLISECONDS = 30
LEARNING_SECONDS = 3
WORDS = ("alpha", "bravo", "carbon", "delta", "ember", "fjord", "garnet", "hazel", "indigo")
QUESTION = "How much {} garnet hazel{} will we sell at the lakefront next week?"


def measures() -> Iterator[Measure]:
    """Read a sentence with slips among thousands of names, then learn each language's wishes."""
    yield _sentence()
    for code in codes():
        yield _learning(code)


def _sentence() -> Measure:
    names = [f"{a} {b} {c}{n}" for a in WORDS for b in WORDS for c in WORDS for n in range(5)]
    vocabulary = Vocabulary(products=tuple(NamedItem(str(n), x) for n, x in enumerate(names)))
    mentions("warm up", vocabulary)
    took = []
    for n in range(TIMES):
        # Another slip in another name each time: what was looked up once is remembered.
        word = WORDS[n % len(WORDS)]
        asked = QUESTION.format(word[: n % 3 + 1] + word[n % 3 + 2 :], n % 5)
        with timed() as watch:
            mentions(asked, vocabulary)
        took.append(1000 * watch.processor)
    return Measure(
        PART,
        "names found in a sentence",
        statistics.median(took),
        "ms",
        most=SENTENCE_MILLISECONDS,
        note=f"of the processor, {len(names):,} products",
    )


def _learning(code: str) -> Measure:
    sentences = examples(language(code))
    with timed() as watch:
        learnt(sentences, language(code))
    return Measure(
        PART,
        f"wishes learnt, {code}",
        watch.processor,
        "s",
        most=LEARNING_SECONDS,
        note=f"of the processor, {len(sentences):,} sentences; once for an installation",
    )
