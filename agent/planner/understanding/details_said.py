"""What a stretch of a message says of how its question is to be answered."""

from typing import Any

from agent.planner.details import read_details
from agent.planner.specs import SPECS
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.sentence import Sentence


def details_said(intent: Intent, sentence: Sentence, at: tuple[int, int]) -> dict[str, Any]:
    """Return the details that a stretch says, read for what is wanted."""
    text = text_alone(sentence, *at)
    if "start" not in SPECS[intent.name].takes:  # "10 days" are no days of the question
        text = sentence.names.blanked()[slice(*at)]
    said = read_details(intent.name, text, sentence.context.language)
    if "by" not in said and "rank_by" in said:
        said["by"] = said["rank_by"]
    return said | ({"about": intent.about} if intent.about else {})


def text_alone(sentence: Sentence, start: int, end: int) -> str:
    """Return a stretch without its names and times, the numbers of which are no figures."""
    text = sentence.names.blanked()
    for first, last in sentence.times:
        text = text[:first] + " " * (last - first) + text[last:]
    return text[start:end]
