"""The figure that a reply to a question holds, whatever it is said among."""

import re
from dataclasses import dataclass

from agent.languages import Language
from agent.languages.numbers import number, price
from agent.planner.wishes import figure_alone


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a reply.

    Attributes:
        text: The reply in lower case, less names and days: the 400 of "400 at Lakeside next week".
        language: The language it is in.
    """

    text: str
    language: Language

    @property
    def count(self) -> float | None:
        """The one figure that counts things; "not 300, 400" holds one too."""
        alone = figure_alone(self.text, self.language)
        if alone is not None:
            return alone
        counts = [one for one in self._found() if not (_is_money(one) or one["percent"])]
        return number(counts[0]["figure"], self.language) if len(counts) == 1 else None

    def change(self, likeliest: str) -> dict[str, float]:
        """Return the one figure as the change of a price that it is.

        Args:
            likeliest: The argument that a figure is which has no sign of its own.
        """
        found = self._found()
        if len(found) == 1 and _is_money(found[0]):
            return {"price": price(found[0]["figure"], self.language)}
        if len(found) == 1 and found[0]["percent"]:
            return {"discount_pct": number(found[0]["figure"], self.language)}
        alone = figure_alone(self.text, self.language, of=likeliest)
        if alone is None and len(found) == 1:
            alone = number(found[0]["figure"], self.language)
        return {} if alone is None else {likeliest: alone}

    def _found(self) -> list[re.Match[str]]:
        pattern = self.language.patterns("following")["any_figure"]
        return list(pattern.finditer(self.text))


def _is_money(said: re.Match[str]) -> bool:
    return bool(said["money"] or said["coin"] or (said["cents"] and not said["percent"]))
