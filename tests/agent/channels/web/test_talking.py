from agent.answer import Answer, Progress, Step, StepDone, Text
from agent.channels.web.talking import Turn, asked, said
from agent.channels.web.working import working

CALL = {
    "tool": "forecast",
    "arguments": {"product": "1"},
    "outcome": "succeeded",
    "result": {"cutoff": "2026-06-28", "model": "GradientBoosting_v20260629", "mean": 412.0},
}


def after(*events):
    turn = Turn(None)
    for event in events:
        turn = turn.after(event)
    return turn


def test_a_step_is_shown_while_it_runs_and_marked_when_done():
    running = after(Step("forecast", {}), Progress("forecast", 0.5, "reading"))
    done = running.after(StepDone(CALL))

    assert running.messages[0]["metadata"] == {"title": "Forecasting", "status": "pending"}
    assert running.messages[0]["content"] == "reading &#40;50&#37;&#41;"
    assert done.messages[0]["metadata"]["status"] == "done"


def test_words_come_piece_by_piece():
    turn = after(Text("About "), Text("412 units."))

    assert turn.messages[-1]["content"] == "About 412 units."


def test_an_answer_shows_its_words_and_then_its_working():
    answer = Answer("About 412 units.", "answered", (CALL,), conversation="c1")
    turn = after(Step("forecast", {}), Text("About"), answer)

    assert turn.conversation == "c1"
    assert [message["content"].split("\n")[0] for message in turn.messages] == [
        "About 412 units.",
        "**1. forecast**: done",
    ]
    assert turn.messages[1]["metadata"] == {"title": "Show working", "status": "done"}


def test_an_answer_without_a_call_has_no_working():
    assert len(after(Answer("Which product?", "clarify")).messages) == 1


def test_the_working_names_tool_arguments_cutoff_and_model():
    shown = working([CALL], 812, 3)

    assert '"product": "1"' in shown
    assert "data up to **2026&#45;06&#45;28**" in shown
    assert "model **GradientBoosting&#95;v20260629**" in shown
    assert "3 figures checked" in shown


def test_a_question_is_shown_as_typed_and_an_answer_leads_nowhere():
    assert asked("<b>x</b>")["content"] == "&#60;b&#62;x&#60;&#47;b&#62;"
    assert "](" not in said("![x](https://evil.example)")["content"]
