"""Real conversations for the documentation: `python -m benchmarks.transcripts`.

Fixed questions are asked of the built-in assistant in a prepared world on a fixed day, and what
comes back is written down as it came.
"""

import argparse
import re
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from agent.evaluation.preparing import prepared_world
from agent.evaluation.stage import Stage
from tenants.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "conversations.md"
_QUESTIONS = Path(__file__).with_suffix(".toml")
_TENANT = "harbor"
_DAY = date(2026, 7, 1)
# What the machine and the hour decide, not the conversation.
_BY_CHANCE = re.compile(r"(?<=it took )[\d,]+(?= seconds?)|(?<=It expires ).+?(?=;)")
_HEAD = """# Conversations

Four conversations with the built-in assistant, written down as they came by
`python -m benchmarks.transcripts`. Nothing is edited; left out (…) are how long a training took and
when a request expires, which no conversation decides. The world is the [demo's](demo-world.md)
Harbor Market on Wednesday, 1 July 2026; its last sales are of the day before. On the page, plots
and the working stand beside the answers.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person says one thing."""

    by: str
    say: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """What several people say, each in a talk of their own with the assistant."""

    title: str
    about: str
    turns: tuple[Turn, ...]


def conversations() -> Iterator[Conversation]:
    """Read the questions."""
    for one in tomllib.loads(_QUESTIONS.read_text(encoding="utf-8"))["conversations"]:
        turns = tuple(Turn(**turn) for turn in one["turns"])
        yield Conversation(one["title"], one["about"], turns)


def played(stage: Stage, conversation: Conversation) -> str:
    """Play one conversation, and return it as Markdown; the stage is put back afterwards."""
    talks: dict[str, str] = {}
    parts = [f"## {conversation.title}", conversation.about]
    for turn in conversation.turns:
        person = stage.person(turn.by)
        answer = stage.assistant.answer(turn.say, person, conversation=talks.get(turn.by))
        talks[turn.by] = answer.conversation
        parts += [f"**{turn.by}:** {turn.say}", _quoted(answer.text)]
    stage.restore()
    return "\n\n".join(parts)


def _quoted(answer: str) -> str:
    text = _BY_CHANCE.sub("…", answer)
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def page(stage: Stage, chosen: Sequence[Conversation]) -> str:
    """Return the page of all conversations."""
    return "\n\n".join([_HEAD.rstrip(), *(played(stage, one) for one in chosen)]) + "\n"


def main() -> None:
    """Play the conversations and write the page."""
    parser = argparse.ArgumentParser(prog="transcripts", description=__doc__)
    parser.add_argument("--to", type=Path, default=PAGE, help="the page to write")
    options = parser.parse_args()
    console, settings = Console(), Settings()
    with tempfile.TemporaryDirectory(prefix="tillsight-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        console.print(f"Preparing {_TENANT} on {_DAY} …")
        prepared_world(_DAY, settings.home / "evaluations", home)
        built_in = settings.model_copy(update={"model": "built-in"})
        with closing(Stage.open(home, _TENANT, _DAY, built_in)) as stage:
            options.to.write_text(page(stage, list(conversations())), encoding="utf-8")
    console.print(f"Written to {options.to}.")


if __name__ == "__main__":
    main()
