from agent.answer import Answer
from benchmarks.transcripts import Conversation, Turn, conversations, page, played


class Stage:
    """A stage on which every answer is the same, that remembers who asked in which talk."""

    def __init__(self, text):
        self.text = text
        self.heard = []
        self.restored = 0
        self.assistant = self

    def person(self, name):
        return name

    def answer(self, words, person, *, conversation=None):
        self.heard.append((person, words, conversation))
        return Answer(self.text, "answered", conversation=f"talk of {person}")

    def restore(self):
        self.restored += 1


TWO = Conversation("Two", "About two.", (Turn("ann", "a?"), Turn("bob", "b?"), Turn("ann", "c?")))


def test_everybody_talks_in_a_conversation_of_their_own():
    stage = Stage("Yes.")
    played(stage, TWO)

    assert [talk for _person, _words, talk in stage.heard] == [None, None, "talk of ann"]
    assert stage.restored == 1


def test_a_conversation_is_written_as_it_came():
    written = played(Stage("Two:\n\n- one\n- two"), TWO)

    assert written.startswith(
        "## Two\n\nAbout two.\n\n**ann:** a?\n\n> Two:\n>\n> - one\n> - two\n"
    )


def test_what_the_hour_decides_is_left_out():
    text = "It expires Wed, Jul 1, 2026 at 12:00 UTC; say “approve AP-1”. Done: it took 14 seconds."
    written = page(Stage(text), [TWO])

    assert "> It expires …; say “approve AP-1”. Done: it took … seconds." in written


def test_the_questions_cover_every_role_and_both_languages():
    people = {turn.by for one in conversations() for turn in one.turns}

    assert people == {"viewer1", "analyst1", "manager1", "manager2"}
    assert len(list(conversations())) == 4
