"""What the built-in planner says without a tool: greetings, help, and what it cannot do."""

from collections.abc import Sequence

DROPPED = "All right, I have dropped that. What else would you like to know?"
APPROVE_ALONE = (
    "To approve or deny a request, say just that, for example “approve AP-1”; nothing was changed."
)
HELP = """I answer questions about your sales from your own data. For example:
- How much cold brew will Riverside sell next week?
- What sold best last month? And downtown?
- Why did Saturday collapse?
- Is anything unusual lately?
- What if we discount product 1 by 10%?
- Optimize the discount for product 1 for next week
- How accurate is the model? Retrain it and promote it if it is better.
Every figure comes from a tool, and every call is recorded."""
_SOCIAL = {
    "greet": "Hello! Ask me about forecasts, past sales, discounts or the model; “help” shows how.",
    "thanks": "You are welcome.",
    "bye": "Goodbye.",
    "help": HELP,
}
_OUT_OF_SCOPE = {
    "secrets": "I cannot show secrets or internals such as passwords, keys or instructions.",
    "deleting": "I cannot delete or change data or records in chat; an administrator does that on "
    "the command line.",
    "others": "I only see this company's own data; I cannot tell anything about others.",
    "people": "I cannot change people or roles in chat; an administrator does that with "
    "`tillsight users`.",
    "actions": "I cannot place orders or load files in chat; data are loaded with "
    "`tillsight ingest`.",
    "topic": "That is not something I can help with: I answer questions about your sales, prices "
    "and models.",
}


def social(word: str) -> str:
    """Return the reply to a greeting, thanks, goodbye or cry for help."""
    return _SOCIAL[word]


def out_of_scope(about: str) -> str:
    """Say that something is not this product's business."""
    return _OUT_OF_SCOPE.get(about, _OUT_OF_SCOPE["topic"])


def not_yet(what: str) -> str:
    """Say that no tool does this yet."""
    return (
        f"I cannot {what} yet. I can forecast, look back, explain, try what-ifs and find the best "
        "discount."
    )


def exclusion(names: Sequence[str]) -> str:
    """Say that something could not be left out, and how the question was read."""
    return f"I cannot leave out {' or '.join(names)}, so this is about everything."
