"""The page itself: what stands where, and which handler each part calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from agent.channels.web.theme import tillsight_theme

if TYPE_CHECKING:  # the desk imports the page's neighbours only
    from agent.channels.web.desk import Desk

_STYLE = Path(__file__).parent / "style.css"
_WELCOME = (
    "## What would you like to know?\n"
    "Every figure comes from your data; open *Show working* to see how."
)
_LONGEST_QUESTION = 2_000
_CONCURRENT = 8


def build_page(desk: Desk) -> gr.Blocks:
    """Return the page whose handlers are the desk's methods."""
    with gr.Blocks(title="Tillsight", analytics_enabled=False) as page:
        transcript, turns = gr.State(None), gr.State(0)
        with gr.Sidebar(width=280, elem_classes="sidebar"):
            fresh = gr.Button("New chat", elem_id="new-chat")
            past = gr.Radio([], label="Conversations", elem_id="conversations", visible=False)
        with gr.Row(elem_id="bar"):
            gr.Markdown("Tillsight", elem_id="brand")
            who = gr.Markdown(elem_id="who")
            gr.Button(
                "Sign out",
                size="sm",
                scale=0,
                min_width=90,
                link="/signout",
                link_target="_self",
                elem_id="sign-out",
            )
        with gr.Column(elem_id="talk"):
            chat = _chat()
            with gr.Column(elem_id="cards"):
                _cards(desk, chat, transcript, turns)
            stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop")
            question = _question()
        quiet = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(desk.arrive, None, [who, chat, past], **quiet)
        fresh.click(desk.start_anew, None, [chat, transcript, past], **quiet)
        past.input(desk.reopen, past, [chat, transcript], **quiet)
        turn = [question, stop, chat, transcript]
        typed = question.submit(desk.ask, [question, transcript], turn, **quiet)
        chosen = chat.example_select(desk.ask_example, transcript, turn, **quiet)
        for running in (typed, chosen):
            running.then(desk.after_turn, [transcript, turns], [past, turns], **quiet)
        stop.click(desk.stop, transcript, [stop, chat], cancels=[typed, chosen], **quiet)
    page.queue(default_concurrency_limit=_CONCURRENT, api_open=False)
    return page


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        label="Conversation",
        container=False,
        height="60vh",
        placeholder=_WELCOME,
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        buttons=["copy"],
        feedback_options=None,
        allow_file_downloads=False,
        layout="bubble",
    )


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="Your question",
        show_label=False,
        container=False,
        placeholder="Ask about sales, forecasts, prices, discounts, models …",
        submit_btn=True,
        autofocus=True,
        max_length=_LONGEST_QUESTION,
        max_lines=6,
    )


def _cards(desk: Desk, chat: gr.Chatbot, transcript: gr.State, turns: gr.State) -> None:
    @gr.render(inputs=[turns], show_progress="hidden")  # type: ignore[untyped-decorator]
    def cards(_turns: int, request: gr.Request) -> None:
        for card in desk.waiting(request):
            with gr.Column(elem_classes="card"):
                gr.Markdown(card.text)
                with gr.Row():
                    buttons = [(gr.Button("Deny", size="sm"), False)]
                    if card.decidable:
                        yes = gr.Button("Approve", variant="primary", size="sm")
                        buttons.append((yes, True))
                for button, approve in buttons:
                    button.click(
                        desk.decision(card.id, approve=approve),
                        [transcript, turns],
                        [chat, transcript, turns],
                        api_visibility="private",
                    )


def mount(server: Any, page: gr.Blocks, path: str, **options: Any) -> Any:
    """Put the page on a server, with nothing of it reachable that it does not need."""
    return gr.mount_gradio_app(
        server,
        page,
        path,
        theme=tillsight_theme(),
        css_paths=_STYLE,
        footer_links=[],
        allowed_paths=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=True,
        enable_monitoring=False,
        max_file_size="1kb",
        **options,
    )
