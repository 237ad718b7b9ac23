"""The assistant as a Python object, for notebooks and scripts."""

from datetime import date
from typing import Any

from tenants.errors import UnknownItem
from tenants.roles import Role


class AgenticAI:
    """Asks the assistant as the owner of a local workspace, or as one of its people.

    Args:
        tenant: The tenant's name; left out, the one in the settings (the demo's `harbor`).
        user: A person to act as, with that person's role.
        role: A role to act in, for the owner of a local workspace.
        today: What today is; left out, the real date.
    """

    def __init__(
        self,
        tenant: str | None = None,
        *,
        user: str | None = None,
        role: str | None = None,
        today: date | str | None = None,
    ) -> None:
        # Importing this class must stay quick; the assistant takes a second to load.
        from agent.assistant import open_assistant  # noqa: PLC0415
        from tenants.clock import Clock  # noqa: PLC0415
        from tenants.installation import Installation  # noqa: PLC0415
        from tools.counter import open_counter  # noqa: PLC0415

        day = date.fromisoformat(today) if isinstance(today, str) else today
        installation = Installation.open(clock=Clock(day))
        name = tenant or installation.settings.tenant
        try:
            self._principal = installation.access.local(
                name, user=user, role=Role.parse(role) if role else None, channel="python"
            )
        except UnknownItem as error:
            if tenant is not None:
                raise
            raise UnknownItem(f"{error} Run `tillsight demo` to prepare the demo world.") from None
        self._assistant = open_assistant(open_counter(installation), installation)
        self._conversation: str | None = None

    def process_query(self, question: str) -> dict[str, Any]:
        """Answer one question; the next one may follow up on it.

        Returns:
            What `tillsight ask --json` prints: `answer`, `status`, `calls`, `recommendation`,
            `approval`, `grounding`, `milliseconds` and more.

        Raises:
            AppError: It could not be answered for a reason that a person can act on.
        """
        answer = self._assistant.answer(question, self._principal, conversation=self._conversation)
        self._conversation = answer.conversation or self._conversation
        return answer.to_dict()
