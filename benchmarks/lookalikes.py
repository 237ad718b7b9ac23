"""Lists the words of a dictionary that look like words of questions and are none.

`python -m benchmarks.lookalikes en en.json.gz` writes them anew after phrases were added. The
dictionary maps words to how often they are used, as those that come with pyspellchecker (MIT
licence; from Hermit Dave's FrequencyWords over OpenSubtitles).
"""

import argparse
import gzip
import json
import textwrap
from pathlib import Path

from agent.languages import codes, language
from agent.planner.lexicon import lexicon

_HEAD = """\
# Words that look like words of questions with a slip and are words of their own: they stay.
# Written by `python -m benchmarks.lookalikes`, which says from what.
"""
_LONGEST = 12
_LINE = 100


def main() -> None:
    """Write one language's list."""
    parser = argparse.ArgumentParser(prog="lookalikes", description=__doc__)
    parser.add_argument("code", choices=codes())
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("--least", type=int, default=0, help="how often a word must be used")
    options = parser.parse_args()
    path = Path(str(language(options.code).folder)) / "lookalikes.txt"
    path.write_text(_HEAD, encoding="utf-8")
    known = lexicon(language(options.code))
    counts = json.loads(gzip.decompress(options.dictionary.read_bytes()))
    found = sorted(
        word
        for word, count in counts.items()
        if word.isalpha() and len(word) <= _LONGEST and count >= options.least
        if known.meant(word) is not None
    )
    path.write_text(_HEAD + textwrap.fill(" ".join(found), _LINE) + "\n", encoding="utf-8")
    print(f"{len(found)} words to {path}")


if __name__ == "__main__":
    main()
