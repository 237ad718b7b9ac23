"""A stage whose tools are scripted: real gateway, people, approvals and audit, no engine."""

import hashlib
import json
import secrets
import warnings
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pandas as pd
from hypothesis import find, settings
from hypothesis import strategies as st

from agent.answer import Answer
from agent.evaluation.stage import Stage
from agent.evaluation.suite import AnyOf, AnyValue
from agent.refusals import Refusals
from agent.tool_calls import shown
from forecasting.catalogue import Catalogue
from forecasting.data.demo.blueprint import blueprint
from tenants.clock import Clock
from tenants.installation import Installation
from tenants.settings import Settings
from tests.fakes import FakeEngine
from tools.assortment import assistant_tools
from tools.contract import ToolResult
from tools.counter import Counter, Rooms
from tools.demo import PEOPLE
from tools.gateway import Awaiting, Failed, ToolCall, ToolGateway

# What an argument that must be there is filled with where a suite takes any value.
_ANYTHING = {"alert_id": "AL-1", "recommendation_id": "RC-1", "product": "1", "target_units": 100}


class Figures(ToolResult):
    """What every scripted tool gives: the same for the same call, another for another."""

    unit: str = "units"
    value: float
    wape_pct: float


def _scripted(tool):
    def run(args, _ctx):
        text = f"{tool.name} {args.model_dump_json()}".encode()
        number = int.from_bytes(hashlib.sha256(text).digest()[:4])
        return Figures(value=1000 + number % 9000, wape_pct=10 + number % 70 + 0.5)

    return replace(tool, run=run, binding=None, atomic=False)


class Theatre(Stage):
    """A tenant of the demo's with its people and names, on one day."""

    def __init__(self, home, tenant, day):
        installation = Installation.open(Settings(home=home, _env_file=None), Clock(day))
        plan = blueprint(tenant)
        made = installation.directory.create(tenant, title=plan.title, currency=plan.currency)
        for name, role in PEOPLE.items():
            installation.people.add(made, name, role)
        engine = FakeEngine()
        engine.catalogue = Catalogue(products=plan.products, stores=plan.stores)
        engine.cutoff = day - timedelta(days=1)
        engine.panel = SimpleNamespace(periods=pd.DatetimeIndex([day - timedelta(days=1000)]))
        rooms = Rooms(installation, lambda _workspace, _clock: engine)
        counter = Counter(rooms)
        counter.gateway = ToolGateway([_scripted(tool) for tool in assistant_tools()], rooms)
        super().__init__(installation, counter, tenant)

    def decide(self, request, person, *, approve):
        done = self.counter.gateway.decide(request, self.person(person), approve=approve)
        return Answer(getattr(done, "message", "Done."), "answered", calls=(shown(done),))

    def call(self, tool, arguments, principal):
        call = ToolCall(secrets.token_hex(8), tool, json.dumps(arguments, default=str))
        return self.counter.gateway.call(call, principal)

    def refusals(self, principal):
        return Refusals(self.installation.audit(principal.tenant_id), principal)

    def _warm_up(self):
        self.waiting()
        self._record_something()

    def _record_something(self):
        self.call("model_status", {}, self.person("viewer1"))


class Oracle:
    """Answers each turn as its suite expects, through the real gateway."""

    def __init__(self, stage, case):
        self.stage = stage
        self.expected = [turn.expect for turn in case.turns if turn.say is not None]

    def __call__(self, words, principal, _conversation):
        expect = self.expected.pop(0)
        ended = [
            self.stage.call(call.tool, self.arguments(call), principal)
            for call in (expect.alternatives or ((),))[0]
        ]
        refused = _first(expect.refused)
        if refused:
            self.stage.refusals(principal).note_question(words, refused)
        asked = tuple(_first(one) for one in expect.asks_for or ())
        waiting = [one.approval.to_dict() for one in ended if isinstance(one, Awaiting)]
        return Answer(
            text=" ".join([*map(self.word, ended), *map(matching, expect.says)]),
            status="clarify" if asked else "refused" if refused else "answered",
            calls=tuple(map(shown, ended)),
            approval=waiting[0] if waiting else None,
            asks_for=asked,
            refused=refused,
        )

    def arguments(self, call):
        fields = self.stage.contract.tools[call.tool].args_type.model_fields
        given = {name: _first(value) for name, value in call.args.items()}
        for name, field in fields.items():
            if given.get(name) is None and (field.is_required() or name == "question"):
                given[name] = _ANYTHING.get(name, "anything")
        return {name: value for name, value in given.items() if value is not None}

    def word(self, ended):
        if isinstance(ended, Failed):
            return ended.message
        if isinstance(ended, Awaiting):
            return f"{ended.approval.id} waits."
        return (
            f"That makes {ended.result.value:,.0f} units, with a WAPE of {ended.result.wape_pct}%."
        )


class StaleOracle(Oracle):
    """Calls what it should, and tells the figure of a week ago."""

    def word(self, ended):
        if not hasattr(ended, "result"):
            return super().word(ended)
        return f"That makes {ended.result.value + 13:,.0f} units."


class MislabellingOracle(Oracle):
    """Calls what it should, and gives the error in percent the name of another measure."""

    def word(self, ended):
        if not hasattr(ended, "result"):
            return super().word(ended)
        return f"The bias is {ended.result.wape_pct}%."


def refuses_all(stage, _case):
    """Refuse every question, on record."""

    def answer(words, principal, _conversation):
        stage.refusals(principal).note_question(words, "out_of_scope")
        return Answer("That is not my business.", "refused", refused="out_of_scope")

    return answer


def calls_everything(stage, _case):
    """Call every tool that may be used, as far as it goes without arguments."""

    def answer(_words, principal, _conversation):
        tools = stage.counter.gateway.offered_to(principal)
        ended = [stage.call(tool.name, {}, principal) for tool in tools]
        return Answer("Here is everything.", "answered", calls=tuple(map(shown, ended)))

    return answer


def echoes(_stage, _case):
    """Say what was said."""
    return lambda words, _principal, _conversation: Answer(words, "answered")


def matching(pattern):
    """Return a text in which a pattern is found."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = find(
            st.from_regex(pattern, alphabet=st.characters(codec="ascii", categories=["L", "Zs"])),
            lambda text: text.strip() == text,
            settings=settings(database=None, max_examples=50, deadline=None),
        )
    return f"({found})"


def _first(value):
    if isinstance(value, AnyOf):
        return value.any_of[0]
    return None if isinstance(value, AnyValue) else value
