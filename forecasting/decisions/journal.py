"""One tenant's journal of advice and of the decisions on it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, func, select

from forecasting.decisions.records import PREFIX, Advice, RecommendationRecord, Verdict
from forecasting.decisions.tables import (
    DECISIONS,
    ELSEWHERE,
    RECOMMENDATIONS,
    recommendations,
    values_of,
)
from forecasting.numbered import number_of
from tenants.clock import Clock
from tenants.database import Database
from tenants.errors import UnknownItem

_LOCK = "decisions"
_MOST_NAMED = 5


class Journal:
    """Writes down and finds the advice given to one tenant, and what was decided on it."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or Clock()
        database.ensure(RECOMMENDATIONS, ELSEWHERE, DECISIONS)

    def advise(self, advice: Sequence[Advice], *, by: str, today: date) -> tuple[str, ...]:
        """Write down advice; the same advice given again keeps its id.

        Args:
            advice: What is advised, the most important first.
            by: Who asked for it.
            today: The tenant's local date.

        Returns:
            The id of each.
        """
        prints = [one.fingerprint for one in advice]
        with self._database.reading() as connection:
            known = _numbers(connection, prints)
        if not set(prints) <= set(known):
            # The record of the call, which is written next, takes it to the disk too.
            with self._database.transaction(may_be_lost=True) as connection:
                self._database.lock(connection, _LOCK)
                known = _numbers(connection, prints)
                number = _last(connection)
                for one, mark in zip(advice, prints, strict=True):
                    if mark in known:
                        continue
                    number += 1
                    known[mark] = number
                    values = values_of(one) | {
                        "number": number,
                        "advised_on": today,
                        "advised_at": self._clock.now(),
                        "advised_by": by,
                    }
                    connection.execute(RECOMMENDATIONS.insert().values(values))
                    if one.elsewhere is not None:
                        moved = {"number": number} | asdict(one.elsewhere)
                        connection.execute(ELSEWHERE.insert().values(moved))
        return tuple(f"{PREFIX}-{known[mark]}" for mark in prints)

    def get(self, recommendation_id: str) -> RecommendationRecord:
        """Return one recommendation.

        Raises:
            UnknownItem: There is none of that id; the message names undecided ones.
        """
        number = number_of(recommendation_id, PREFIX)
        if number is not None:
            with self._database.reading() as connection:
                found = recommendations(connection, RECOMMENDATIONS.c.number == number)
            if found:
                return found[0]
        waiting = [one.id for one in self.undecided()]
        named = ", ".join(waiting[:_MOST_NAMED])
        hint = f"undecided are {named}." if waiting else "none waits for a decision."
        raise UnknownItem(
            f"There is no recommendation {recommendation_id[:20]!r}; {hint}", nearest=waiting
        )

    def given(
        self, start: date | None = None, end: date | None = None
    ) -> list[RecommendationRecord]:
        """Return recommendations first given on these days, newest first; all by default."""
        day = RECOMMENDATIONS.c.advised_on
        where = [day >= start] if start is not None else []
        where += [day <= end] if end is not None else []
        with self._database.reading() as connection:
            return recommendations(connection, *where)

    def undecided(self) -> list[RecommendationRecord]:
        """Return the recommendations that nobody has decided on, newest first."""
        decided = select(DECISIONS.c.recommendation)
        with self._database.reading() as connection:
            return recommendations(connection, RECOMMENDATIONS.c.number.not_in(decided))

    def decide(
        self, recommendation_id: str, verdict: Verdict, *, by: str, today: date, reason: str = ""
    ) -> tuple[RecommendationRecord, bool]:
        """Write down a decision; an earlier one stays in the history.

        Args:
            recommendation_id: What was decided on.
            verdict: What was decided.
            by: Who decided.
            today: The tenant's local date.
            reason: Why.

        Returns:
            The recommendation, and whether anything was written: the same decision made again
            without a new reason is on record already, whoever makes it.

        Raises:
            UnknownItem: There is none of that id.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, _LOCK)
            before = self.get(recommendation_id)
            now = before.decided
            if now is not None and now.verdict == verdict and reason in {"", now.reason}:
                return before, False
            last = connection.execute(select(func.max(DECISIONS.c.number))).scalar() or 0
            connection.execute(
                DECISIONS.insert().values(
                    number=last + 1,
                    recommendation=before.number,
                    verdict=verdict,
                    reason=reason,
                    by=by,
                    on=today,
                    at=self._clock.now(),
                )
            )
            return self.get(before.id), True


def _numbers(connection: Connection, prints: Sequence[str]) -> dict[str, int]:
    query = select(RECOMMENDATIONS.c.fingerprint, RECOMMENDATIONS.c.number).where(
        RECOMMENDATIONS.c.fingerprint.in_(prints)
    )
    return {row.fingerprint: row.number for row in connection.execute(query)}


def _last(connection: Connection) -> int:
    return connection.execute(select(func.max(RECOMMENDATIONS.c.number))).scalar() or 0
