"""What the assistant knows of people's languages, as data: a folder of files for each."""

from agent.languages.language import Language, codes, language
from agent.languages.spoken import spoken

__all__ = ["Language", "codes", "language", "spoken"]
