"""One turn of a conversation: a question in, a grounded answer out.

The chat model decides which tools to call; the gateway judges, runs and records each; what the
model then says is checked figure by figure before a person sees any of it. Who asks comes with
the `Principal` and stays out of the model's reach.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agent.answer import Answer, Event, Text
from agent.answering import ask_for_words, compose, decided, refused_question
from agent.consent import Consent, read_consent
from agent.language_model.choosing import ChoosingModel
from agent.language_model.digest import condensed
from agent.language_model.supervision import Supervision
from agent.memory import Conversation, Exchange, Memory
from agent.models import BUILT_IN, chat_model
from agent.plain_text import asked_text
from agent.planner.beforehand import read_beforehand
from agent.planner.chat_model import BuiltInModel
from agent.planner.context import PlannerContext
from agent.planner.likely import is_asked_for
from agent.planner.turns import in_turn
from agent.planner.wording.style import Style
from agent.prompts import system_prompt
from agent.refusals import Refusals
from agent.tool_calls import TurnCalls, described
from agent.turn_graph import TurnGraphs, TurnParts
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.settings import Settings
from tools.counter import Counter
from tools.settling import settle

_LONGEST_QUESTION = 2_000
_WORDS_A_PIECE = 4
Tell = Callable[[Event], None]
Models = Callable[[Settings, PlannerContext], BaseChatModel]


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one turn is about."""

    question: str
    principal: Principal
    conversation: str | None
    history: list[BaseMessage]
    began: float


class Assistant:
    """Answers people of any tenant; holds no state of theirs between turns."""

    def __init__(
        self, counter: Counter, installation: Installation, models: Models = chat_model
    ) -> None:
        self._models = models
        self._counter = counter
        self._installation = installation
        self._memories: dict[str, Memory] = {}
        self._graphs = TurnGraphs()

    def answer(
        self, question: str, principal: Principal, *, conversation: str | None = None
    ) -> Answer:
        """Answer one question.

        Args:
            question: In the person's words.
            principal: Who asks.
            conversation: One of theirs to go on with; None begins a new one.

        Raises:
            UnknownItem: They have no such conversation.
            Unavailable: What was said cannot be recorded.
        """
        return self._turn(question, principal, conversation, lambda _event: None)

    def stream(
        self, question: str, principal: Principal, *, conversation: str | None = None
    ) -> Iterator[Event]:
        """Answer one question, telling what happens: steps, progress, words, then the `Answer`.

        Words come only after every figure in them was checked.
        """
        events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        done: Future[Answer] = Future()

        def work() -> None:
            try:
                done.set_result(self._turn(question, principal, conversation, events.put))
            except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
                done.set_exception(error)
            finally:
                events.put(None)

        threading.Thread(target=work, name="turn", daemon=True).start()
        while (event := events.get()) is not None:
            yield event
        answer = done.result()
        yield from _pieces(answer.text)
        yield answer

    def prepare(self, principal: Principal) -> None:
        """Load what the first questions would have to wait for, as a server does at its start.

        Raises:
            CannotAnswer: There are no sales yet, or no model.
            Unavailable: The disk is full or cannot be written to.
        """
        self._counter.prepare(principal)
        read_beforehand(self._context(principal))
        settle()

    def conversations(self, principal: Principal) -> list[Conversation]:
        """Return the person's conversations, newest first."""
        return self._memory(principal).conversations(principal.user_id)

    def history(self, conversation: str, principal: Principal) -> list[Exchange]:
        """Return one of the person's conversations as questions and answers.

        Raises:
            UnknownItem: They have no such conversation.
        """
        return self._memory(principal).exchanges(conversation, principal.user_id)

    def forget(self, conversation: str, principal: Principal) -> None:
        """Delete one of the person's conversations.

        Raises:
            UnknownItem: They have no such conversation.
        """
        self._memory(principal).forget(conversation, principal.user_id)

    def _turn(
        self, question: str, principal: Principal, conversation: str | None, tell: Tell
    ) -> Answer:
        began = time.perf_counter()
        question = asked_text(question)
        memory = self._memory(principal)
        history = memory.load(conversation, principal.user_id) if conversation else []
        turn = _Turn(question, principal, conversation, history, began)
        if not question or len(question) > _LONGEST_QUESTION:
            return self._timed(ask_for_words(_LONGEST_QUESTION, given=bool(question)), turn)
        consent = read_consent(question, _shown_just_now(history))
        answer, messages = self._decide(turn, consent) if consent else self._ask(turn, tell)
        kept = memory.append(conversation, principal.user_id, [HumanMessage(question), *messages])
        return replace(self._timed(answer, turn), conversation=kept)

    def _ask(self, turn: _Turn, tell: Tell) -> tuple[Answer, list[BaseMessage]]:
        """Let the model answer; return the answer and the messages to remember."""
        context = in_turn(self._context(turn.principal), _words_of(turn))
        settings = self._installation.settings
        model = self._models(settings, context)
        is_built_in = isinstance(model, BuiltInModel)
        refusals = Refusals(self._installation.audit(turn.principal.tenant_id), turn.principal)
        calls = TurnCalls(self._counter.gateway, turn.principal, refusals, tell)
        watch = Supervision(BuiltInModel(context=context), settings.model_seconds, calls.begin_anew)
        history = turn.history
        if not is_built_in:
            calls.must_be_asked_for(lambda tool: is_asked_for(tool, turn.question, context))
            history = condensed(history)
        prompt = system_prompt(self._counter.tenant(turn.principal), context)
        new = self._graphs.run(
            described(self._counter.gateway, turn.principal),
            TurnParts(model, prompt, calls, None if is_built_in else watch),
            [*history, HumanMessage(turn.question)],
        )
        answer, final = compose(
            new[-1] if isinstance(new[-1], AIMessage) else AIMessage(""),
            calls.ended,
            context,
            words=_words_of(turn),
            on_record=refusals.note_answer,
            is_built_in=isinstance(model, BuiltInModel | ChoosingModel) or bool(watch.took_over),
        )
        if answer.refused == "out_of_scope":
            refused_question(refusals, turn.question)
        who = settings.model if not is_built_in and not watch.took_over else BUILT_IN
        return replace(answer, answered_by=who, stood_in=watch.took_over), [*new[:-1], final]

    def _decide(self, turn: _Turn, consent: Consent) -> tuple[Answer, list[BaseMessage]]:
        """Carry out a person's own yes or no; no model takes part."""
        done = self._counter.gateway.decide(
            consent.approval, turn.principal, approve=consent.approve
        )
        context = in_turn(self._context(turn.principal), _words_of(turn))
        answer = decided(done, context)
        return answer, [AIMessage(answer.text)]

    def _context(self, principal: Principal) -> PlannerContext:
        tenant = self._counter.tenant(principal)
        return PlannerContext(
            vocabulary=self._counter.vocabulary(principal),
            today=self._counter.today(principal),
            style=Style(currency=tenant.currency, locale=tenant.locale),
            week_starts=tenant.week_starts,
            own_names=(tenant.name, tenant.title),
            kept_in=self._installation.settings.home / "learnt",
        )

    def _memory(self, principal: Principal) -> Memory:
        tenant_id = principal.tenant_id
        if tenant_id not in self._memories:
            workspace = self._installation.workspace(tenant_id)
            self._memories[tenant_id] = Memory(workspace.database, self._installation.clock)
        return self._memories[tenant_id]

    @staticmethod
    def _timed(answer: Answer, turn: _Turn) -> Answer:
        took = round((time.perf_counter() - turn.began) * 1000)
        return replace(answer, milliseconds=took, conversation=turn.conversation or "")


def open_assistant(counter: Counter, installation: Installation) -> Assistant:
    """Return the assistant over an installation's counter."""
    return Assistant(counter, installation)


def _shown_just_now(history: list[BaseMessage]) -> str | None:
    """Return the one request for approval that the message before asked about."""
    last = history[-1] if history else None
    if not isinstance(last, AIMessage):
        return None
    shown = last.additional_kwargs.get("approval")
    return shown if isinstance(shown, str) else None


def _words_of(turn: _Turn) -> list[str]:
    said = [str(m.content) for m in turn.history if isinstance(m, HumanMessage)]
    return [*said, turn.question]


def _pieces(text: str) -> Iterator[Text]:
    words = text.split(" ")
    for start in range(0, len(words), _WORDS_A_PIECE):
        more = " " if start + _WORDS_A_PIECE < len(words) else ""
        yield Text(" ".join(words[start : start + _WORDS_A_PIECE]) + more)
