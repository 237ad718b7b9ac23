"""Explain a forecast, a change in sales, a revised forecast, or a miss."""

from datetime import date
from typing import Literal

from pydantic import Field

from tenants.roles import Role
from tools.contract import DataResult, Effect, Item, ToolArgs, ToolContext, ToolResult, tool


class ExplainArgs(ToolArgs):
    """What to explain."""

    about: Literal["forecast", "change", "revision", "miss"] = Field(
        "forecast",
        description="`forecast`: why it is what it is; `change`: why past sales differ from those "
        "before; `revision`: why the forecast moved; `miss`: why it was wrong.",
    )
    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    start: date | None = Field(
        None, description="First day; left out: next week, or the last 28 days for the past."
    )
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    compare_to: Literal["previous_period", "last_year"] | None = Field(
        None, description="For `change`: what with; left out: the period just before."
    )


class Driver(ToolResult):
    """One effect, in the result's unit.

    Attributes:
        name: What it is.
        effect: What it adds to the reference.
        effect_pct: The same in percent of the reference; None where that is zero.
    """

    name: str
    effect: float
    effect_pct: float | None


class Mover(ToolResult):
    """One product or store and its share of the difference, in the result's unit."""

    item: Item
    reference: float
    figure: float
    change: float
    change_pct: float | None


class MoneyAccount(ToolResult):
    """The change of sales in money, beside that in units.

    Attributes:
        unit: The currency code.
        figure: Money taken in the period.
        reference: Money taken in the other period.
        change: Figure less reference.
        change_pct: The same in percent of the reference; None where that is zero.
        drivers: Volume, mix of items, regular prices, discounts, new and discontinued items; they
            add up to the change.
    """

    unit: str
    figure: float
    reference: float
    change: float
    change_pct: float | None
    drivers: tuple[Driver, ...]


class ExplainResult(DataResult):
    """A figure, what it is set against, and the drivers in between.

    Attributes:
        about: What is explained.
        unit: Of all figures: `units` or a currency code.
        figure: The forecast; for `change` and `miss` actual sales.
        reference: What it is set against: for `forecast` the recent normal (the mean of the
            last 28 days over as many days); for `change` sales of the other period; for
            `revision` the earlier forecast, and for `miss` the forecast: what somebody was told
            where anybody was, else what a model of before says.
        change: Figure less reference; the drivers add up to it.
        change_pct: The same in percent of the reference; None where that is zero.
        lower: Lower bound of the forecast's range (`forecast`, `miss`), else None.
        upper: Upper bound.
        level: Percent the range covers, else None.
        inside: For `miss`, whether sales lay in the range; else None.
        compare_start: First day of the other period (`change`), else None.
        compare_end: Last day of it.
        drivers: Largest first, then what is left.
        products: The products that moved most; empty when one was asked about.
        stores: The stores that moved most; empty when one was asked about.
        model: The model, where one was used.
        earlier_model: The earlier model (`revision`), else None.
        told_on: When somebody was told the forecast it is held against (`revision`, `miss`); None
            where nobody was told one of just these days.
        money: For `change` of units, the same in money, where money is on record; else None.
        evidence: `model behaviour` or `account of sales`: neither proves a cause.
    """

    about: Literal["forecast", "change", "revision", "miss"]
    product: Item | None
    store: Item | None
    category: str | None
    start: date
    end: date
    unit: str
    figure: float
    reference: float
    change: float
    change_pct: float | None
    lower: float | None = None
    upper: float | None = None
    level: int | None = None
    inside: bool | None = None
    compare_start: date | None = None
    compare_end: date | None = None
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]
    model: str | None
    earlier_model: str | None = None
    told_on: date | None = None
    money: MoneyAccount | None = None
    evidence: Literal["model behaviour", "account of sales"]


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def explain(args: ExplainArgs, ctx: ToolContext) -> ExplainResult:
    """Explain why: a forecast, a change in past sales, a revised forecast, or a miss.

    Use it for "why". For the figures alone use `forecast` or `sales_history`; for odd single days
    `detect_anomalies`; for what a change of plan would do `what_if`.

    `drivers` add up to `change`, which is `figure` less `reference`. For a forecast they describe
    how the model arrives at it; for past sales they are an account of what went together with the
    change. Neither proves a cause: say "associated with" or "accounts for", never "caused".

    Say the figure, what it is compared with, the largest drivers, the period, the cutoff, the
    model if there is one, and every note.
    """
    # Each account loads what it needs: LightGBM for those that ask a model.
    from tools import accounts  # noqa: PLC0415

    return ExplainResult(**accounts.of(args.about)(args, ctx))
