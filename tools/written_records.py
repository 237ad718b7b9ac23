"""What the records say in words: models, decisions and notes, as documents to be searched."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forecasting.alerts.records import AlertRecord
from forecasting.decisions.records import RecommendationRecord
from forecasting.engine import ForecastEngine
from knowledge.documents import Document, record
from tools.model_history import percent

if TYPE_CHECKING:
    from forecasting.lifecycle.records import ModelRecord

_MOST_MODELS = 20
_MOST_DECISIONS = 200
_MOST_NOTES = 200


def written_records(engine: ForecastEngine) -> tuple[Document, ...]:
    """Return model cards, decisions with their reasons, and notes on what was unusual."""
    return (*_model_cards(engine), *_decisions(engine), *_notes(engine))


def _model_cards(engine: ForecastEngine) -> Iterator[Document]:
    for model in engine.registry.history(limit=_MOST_MODELS):
        made = model.created_at.date()
        yield record(model.id, "model_card", f"Model card {model.id}", made, _card(model))


def _card(model: "ModelRecord") -> str:
    sentences = [
        f"Model {model.id} is in {model.stage.value}.",
        f"It is of the family {model.family}, was {model.source} by {model.created_by} "
        f"on {model.created_at:%Y-%m-%d}"
        + (f" on data through {model.cutoff}." if model.cutoff else "."),
    ]
    if model.promoted_at is not None:
        sentences.append(f"It was last promoted on {model.promoted_at:%Y-%m-%d}.")
    wape, naive = percent(model, "WAPE"), percent(model, "seasonal_naive_WAPE")
    if wape is not None:
        beside = f", against {naive:.1f} % for repeating the last season" if naive else ""
        sentences.append(f"Its error in the backtest was {wape:.1f} % of sales (WAPE){beside}.")
    return " ".join(sentences)


def _decisions(engine: ForecastEngine) -> Iterator[Document]:
    decided = [one for one in engine.journal.given() if one.decided is not None]
    if not decided:
        return
    products = engine.catalogue.products
    names = dict(zip(products["product"], products["name"], strict=True))
    for one in decided[:_MOST_DECISIONS]:
        yield record(
            one.id, "decision", f"Decision on {one.id}", one.decisions[-1].on, _told(one, names)
        )


def _told(one: RecommendationRecord, names: dict[str, str]) -> str:
    advice, decided = one.advice, one.decisions[-1]
    what = (
        "to drop the planned discount"
        if advice.action == "drop"
        else f"a discount of {advice.discount_pct:g} %"
    )
    product = names.get(advice.product, f"product {advice.product}")
    reason = f" Reason: {decided.reason}" if decided.reason else " No reason was given."
    return (
        f"{decided.by} {decided.verdict} recommendation {one.id} on {decided.on}: {what} for "
        f"{product} from {advice.start} to {advice.end}.{reason}"
    )


def _notes(engine: ForecastEngine) -> Iterator[Document]:
    noted = [one for one in engine.alerts.list() if one.note]
    for one in noted[:_MOST_NOTES]:
        yield record(one.id, "note", f"Note on alert {one.id}", one.acknowledged_on, _note(one))


def _note(one: AlertRecord) -> str:
    kind = one.sign.kind.replace("_", " ")
    return (
        f"{one.acknowledged_by} noted on alert {one.id}, {kind} from {one.sign.start} to "
        f"{one.sign.end}: {one.note}"
    )
