"""What the page does when someone arrives, asks, opens a conversation or decides.

Every handler asks the session anew who is there: a hidden button is no protection, and a role may
have changed since the page was drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from agent.answer import Answer
from agent.channels.application import Application
from agent.channels.web.approving import Card, cards_for, decide
from agent.channels.web.examples import examples_for
from agent.channels.web.harmless import literal
from agent.channels.web.illustrating import illustrate
from agent.channels.web.sessions import Sessions
from agent.channels.web.talking import Message, Turn, asked, recalled, said
from agent.planner.wording.style import Style
from tenants.errors import AppError
from tenants.principal import Principal

_log = logging.getLogger(__name__)
_LONGEST_TITLE = 44
_SORRY = "Something went wrong here; the details are in the log. Please try again."

_STOPPABLE, _IDLE = gr.update(visible=True), gr.update(visible=False)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One browser tab's conversation as shown; kept on the server, owned by one person."""

    owner: str = ""
    conversation: str | None = None
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The handlers of the page; they keep nothing about anyone."""

    application: Application
    sessions: Sessions

    def arrive(self, request: gr.Request) -> tuple[Any, ...]:
        """Greet a person: who they are, what they might ask, what they asked before."""
        principal = self._who(request)
        tenant = self.application.installation.directory.by_id(principal.tenant_id)
        who = f"**{literal(principal.user)}** · {principal.role.label} · {literal(tenant.title)}"
        examples = [{"text": text} for text in examples_for(principal.role)]
        return who, gr.update(value=[], examples=examples), self._past(principal, None)

    def ask(
        self, question: str, transcript: Transcript, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Answer a question as it comes; yields box, stop button, chat, transcript."""
        principal = self._who(request)
        kept = _owned(transcript, principal)
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), kept
            return
        before = [*kept.messages, asked(question)]
        yield "", _STOPPABLE, before, kept
        turn = Turn(kept.conversation)
        try:
            for event in self.application.assistant.stream(
                question, principal, conversation=kept.conversation
            ):
                turn = turn.after(event)
                yield gr.skip(), gr.skip(), [*before, *turn.messages], gr.skip()
            if turn.answer is not None:
                turn = replace(turn, figure=self._figure(turn.answer, principal))
        except AppError as error:
            turn = Turn(turn.conversation, words=str(error))
        except Exception:  # noqa: BLE001 - a person sees a sentence, the log the rest
            _log.exception("A question failed")
            turn = Turn(turn.conversation, words=_SORRY)
        after = (*before, *turn.messages)
        now = Transcript(principal.user_id, turn.conversation, after)
        yield gr.skip(), _IDLE, list(after), now

    def ask_example(
        self, transcript: Transcript, chosen: gr.SelectData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Ask the example a person chose."""
        yield from self.ask(str(chosen.value["text"]), transcript, request)

    def stop(self, transcript: Transcript, request: gr.Request) -> tuple[Any, ...]:
        """Stop showing an answer; what was said before stays."""
        kept = _owned(transcript, self._who(request))
        return _IDLE, list(kept.messages)

    def after_turn(
        self, transcript: Transcript, turns: int, request: gr.Request
    ) -> tuple[Any, ...]:
        """Refresh the list of conversations and what waits for approval."""
        principal = self._who(request)
        return self._past(principal, _owned(transcript, principal).conversation), turns + 1

    def start_anew(self, request: gr.Request) -> tuple[Any, ...]:
        """Begin a new conversation."""
        self._who(request)
        return [], Transcript(), gr.update(value=None)

    def reopen(self, conversation: str, request: gr.Request) -> tuple[Any, ...]:
        """Show a conversation of this person again."""
        principal = self._who(request)
        messages = recalled(self.application.assistant.history(conversation, principal))
        return messages, Transcript(principal.user_id, conversation, tuple(messages))

    def waiting(self, request: gr.Request) -> list[Card]:
        """Return what waits for a decision, as this person sees it."""
        principal = self._who(request)
        gateway = self.application.counter.gateway
        return cards_for(
            gateway.pending(principal), principal, self.application.installation.clock.now()
        )

    def decision(self, approval: str, *, approve: bool) -> Callable[..., Any]:
        """Return the handler of one card's button."""

        def handler(
            transcript: Transcript, turns: int, request: gr.Request
        ) -> Iterator[tuple[Any, ...]]:
            principal = self._who(request)
            kept = _owned(transcript, principal)
            working = f"{approval} is {'approved; it runs now …' if approve else 'being denied …'}"
            yield [*kept.messages, said(working)], kept, turns
            tenant = self.application.counter.tenant(principal)
            words = decide(
                self.application.counter.gateway,
                approval,
                principal,
                Style(tenant.currency, tenant.locale),
                approve=approve,
            )
            messages = (*kept.messages, said(words))
            now = replace(kept, owner=principal.user_id, messages=messages)
            yield list(messages), now, turns + 1

        return handler

    def _figure(self, answer: Answer, principal: Principal) -> Any:
        """Return the plot beside an answer; an answer without one is an answer all the same."""
        try:
            return illustrate(answer.calls, self.application.counter.gateway, principal)
        except AppError as error:
            _log.info("No plot: %s", error)
        except Exception:  # noqa: BLE001 - the words stand without their picture
            _log.exception("No plot")
        return None

    def _past(self, principal: Principal, current: str | None) -> Any:
        past = self.application.assistant.conversations(principal)
        choices = [(_shortened(each.title), each.id) for each in past]
        return gr.update(choices=choices, value=current, visible=bool(choices))

    def _who(self, request: gr.Request) -> Principal:
        cookies = request.request.cookies if request.request else request.kwargs["cookies"]
        principal = self.sessions.principal(cookies)
        if principal is None:
            raise gr.Error(
                "You are signed out; reload the page to sign in again.", print_exception=False
            )
        return principal


def _owned(transcript: Transcript | None, principal: Principal) -> Transcript:
    """Return the transcript if it is this person's, else an empty one."""
    if transcript is not None and transcript.owner == principal.user_id:
        return transcript
    return Transcript()


def _shortened(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
