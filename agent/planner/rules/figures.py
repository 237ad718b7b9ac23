"""How much: what will be sold, and what was."""

from agent.planner.rules.pieces import HERE, SELL, wants

_SOON = r"(?:will|going to|gonna|'ll|shall)"
_RANKED = r"(?:top|bottom|worst|best|slowest|biggest|weakest|strongest|least|most popular)"
_GROUPS = (
    r"(?:products?|items?|sellers?|stores?|selling|categor\w+|performers?|performing|days?|weeks?|"
    r"months?)"
)

_PAST = r"\b(?:was|were|did|had|last|past|yesterday|ago|since|history)\b"

RULES = (
    wants(
        "forecast",
        r"\bdemand (?:for|of|in)\b",
        r"\blikely to (?:sell|move|make)\b",
        r"\bwhat do(?:es)?\b[^.?]*\blook like\b",
        unless=_PAST,
    ),
    wants(
        "forecast",
        r"\b(?:fore?cast(?:s|ed|ing)?|predict\w*|project(?:ions?|ed)?|outlook|estimate|expect\w*|"
        r"anticipat\w*)\b",
        rf"\b{_SOON}\b{HERE}\b{SELL}\b",
        rf"\b{SELL}\b{HERE}\b(?:will|going to|gonna)\b",
        rf"\bhow (?:many|much)\b{HERE}\b(?:will|going to|'ll|would)\b",
        r"\b(?:what|how) will\b",
        rf"\b(?:would|could|might)\b{HERE}\bsell\b",
        r"\bhow (?:are|is) \S+ (?:going to|gonna) (?:do|sell)",
        r"\bwill (?:we|_+) (?:do|make|take|earn)\b",
    ),
    wants(
        "sales_history",
        r"\bsold\b",
        r"\b(?:moved|went|ran|bought|left the shelves) (?:the )?(?:most|least|best|worst)\b",
        rf"\b(?:did|have|has|had)\b{HERE}\b(?:sell|sold|make|made|take|earn|do)\b",
        r"\bbest[ -]?sell\w*",
        r"\b(?:busiest|quietest)\b",
        r"\b(?:was|were|did|is|are)\b[^.?]*\b(?:better|worse|higher|lower|stronger|weaker|busier|"
        r"quieter) than\b",
        r"\b(?:top|bottom|best|worst) \d+\b",
        r"\b(?:doing|selling|performing|running) (?:better|worse|well|badly|poorly|more|less)\b",
        r"\b(?:list|show|which|what)\b[^.?]{0,20}\b(?:products|stores|categories|items|skus)\b",
        rf"\b{_RANKED} ?(?:\d+ |\w+ )?{_GROUPS}\b",
        r"\bsell(?:s|ing)? (?:the )?(?:best|most|least|worst|well)\b",
        r"\b(?:sales|revenue|turnover|takings|units|income)\b",
        r"\bhistory\b",
        r"\bactuals?\b",
        r"\bperform\w*\b",
        r"\bhow (?:were|was|did|have|has) \S+",
        rf"\bhow (?:is|are) (?:_+|we|business|things|trade)\b{HERE}\b(?:doing|going|selling)\b",
        r"\bhow (?:is|are) (?!you\b|we\b|_)[\w' -]{1,30}? (?:doing|selling|performing)\b",
        r"\b(?:trends?|trending|growth)\b",
        r"\bcompare\b",
    ),
)
