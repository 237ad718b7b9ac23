"""Models and records: status, history, retraining, promotion, rollback, the audit."""

from agent.planner.rules.pieces import HERE, MODEL, MODEL_ID, wants

_BEFORE = r"(?:previous|old|last|prior|former|earlier)"
_REFUSED = r"(?:refused|denied|rejected|failed|invalid|blocked|forbidden)"
_CALLS = r"(?:calls?|attempts?|requests?|actions?)"
_DID = (
    r"(?:promoted|retrained|rolled|ran|called|asked|used|approved|tried|changed|requested|did|"
    r"optimi[sz]ed|accessed)"
)
_OUR = r"(?:the |our )?(?:production |current |forecasting |forecast )?"
# "When was it retrained?" asks about a deed and "don't promote it" forbids one: neither does it.
_ASKS = (
    r"^\W*(?:(?:and|but|so|then|please|hi|hey|hello|ok|okay|well|sorry)\b\W*)*"
    r"(?:(?:(?:can|could|would) you )?(?:please )?(?:tell|remind|show|explain) (?:me|us)|"
    r"do you know|i wonder|any idea|has|have|had|was|were|did|does|do we|is|are|who|when|how|why|"
    r"what|which|where|should|shall|(?:would|can|could|may) (?!you\b)\w+)\b"
)


def _forbids(deed: str) -> str:
    return (
        rf"{_ASKS}|\b(?:don'?t|do not|never|not to|without)\s+(?:\w+\s+){{0,2}}{deed}"
        rf"|\b(?:before|after|while|until|about|of|stop|cancel|abort|explain)\s+(?:\w+\s+)?{deed}"
        rf"|\b(?:we|they|i|was|were|been|has|have|had|already|just)\s+(?:\w+\s+)?{deed}\w*ed\b"
        rf"|\bexplain\b.*{deed}"
    )


_FORECASTS = r"(?:models?|forecasts?|forecasting|predictions?)"

RULES = (
    wants(
        "rollback",
        r"\broll(?:ed|ing)?[ -]?(?:(?:the|our|it|this|that|\w*model|production|to) ?){0,3}back\b",
        r"\brevert\b",
        rf"\b(?:go|switch|change|return) back to (?:the )?{_BEFORE}?\s*"
        rf"(?:production )?(?:{MODEL_ID}|{MODEL})",
        rf"\brestore (?:the )?{_BEFORE} (?:production )?{MODEL}",
        r"\bundo (?:the |that |our )?(?:last )?(?:promotion|model|deployment)",
        unless=_forbids(r"(?:roll|revert)"),
    ),
    wants("rollout", r"\b(?:canary|a/b|ab[ -]test|rollout|roll out)\b"),
    wants(
        "audit_trail",
        r"\baudit\b",
        r"\b(?:activity|access|action|call) (?:log|trail|record)s?\b",
        rf"\bwho (?:has |have )?{_DID}\b",
        r"\bwhat (?:has|have|did|was) [\w.@-]+ "
        r"(?:been )?(?:do|done|doing|try|tried|ask|asked|call|run|up to)\b(?! we)",
        r"\b(?:everything|anything|all) (?:that )?(?!we\b|i\b|you\b|they\b)[\w.@-]+ "
        r"(?:did|has done|tried|asked|ran|called)\b",
        r"\b(?:await\w*|pending|waiting for) approvals?\b|\bpending requests?\b",
        rf"\b{_REFUSED} {_CALLS}\b",
        r"\brefusals\b",
        rf"\b{_CALLS} (?:(?:by|of|from) [\w.@-]+ )?(?:that )?(?:were |was |got )?{_REFUSED}\b",
        r"\btool calls?\b",
        r"\blog of (?:calls|actions|what)",
        r"\bwho did what\b",
        r"\b(?:has|have|did) (?:anyone|anybody|someone|somebody)\b",
    ),
    wants(
        "retrain",
        r"\bre-?train(?:ed|ing|s)?\b(?! (?:on )?when)",
        rf"\btrain (?:a |the |an? updated |our )?(?:new |fresh |another |updated )?{MODEL}",
        rf"\b(?:refresh|update|rebuild|re-?fit) {_OUR}{MODEL}\b",
        r"\btrain (?:it )?again\b",
        r"\b(?:start|kick off|launch|run|trigger) (?:a |the )?(?:new )?(?:model )?"
        r"(?:re-?)?training\b",
        r"\blearn from the (?:latest|new|newest) (?:data|sales)",
        unless=_forbids(r"(?:re-?)?train"),
    ),
    wants(
        "compare_models",
        r"\bcompare\b.*\b(?:models?|staging|production|challenger|champion)\b",
        r"\b(?:staging|challenger)\b.*\b(?:versus|vs\.?|against|compared|better than)\b"
        r".*\b(?:production|champion)",
    ),
    wants(
        "promote",
        rf"\bpromot(?:e|ing)\b(?=.*\b(?:{MODEL}|staging|production|{MODEL_ID})\b)",
        r"\bput\b.*\b(?:in|into|to) production\b",
        rf"\b(?:make|set)\b.*\b(?:the )?production {MODEL}\b",
        rf"\b(?:deploy|ship|release|go live with|activate)\b.*\b(?:{MODEL}|staging|{MODEL_ID})",
        r"^\W*(?:please |now |ok |then |and |just )*promote"
        r"(?: (?:it|that|this|this one|that one))?(?: now| please)?\W*$",
        rf"\b(?:push|take|bring|move|put|set)\b[^.?]*\b(?:{MODEL}|staging|{MODEL_ID})\b[^.?]*\blive\b",
        rf"\bswitch (?:to|over to) the (?:new|staging|newest) {MODEL}",
        unless=_forbids(r"(?:promot|deploy|release|switch)"),
    ),
    wants(
        "model_history",
        rf"\b{MODEL} (?:history|registry|list|log|timeline|lineage)",
        rf"\bhistory of (?:the |our )?{MODEL}",
        r"\b(?:list|show|see|which|what|all|past|earlier|older|previous|last|recent|how many)\b"
        r"[^.?]{0,30}\b(?:models|versions)\b",
        r"\bregist(?:ry|ered)\b",
        r"\bpromotion history\b",
        rf"^\W*should (?:we|i) (?:promote|deploy)\b(?=.*\b(?:{MODEL}|staging)\b)",
        r"\bwhen (?:was|were) .*\bmodels? (?:promoted|trained|registered)",
        r"\bmodels (?:have we|do we have|did we)",
        rf"\bwhich {MODEL} (?:was|were|did)\b",
        r"(?:^|\b(?:please|me|us|know))\W*when\b.*\b(?:re-?trained|trained|promoted|rolled back)\b",
    ),
    wants(
        "model_status",
        rf"\b(?:error(?: rates?)?|accuracy) (?:of|on|in|for) {_OUR}(?:{_FORECASTS})\b",
        r"\bdata\b[^.?]* (?:updat|refresh|load)\w*",
        unless=r"\b(?:why|explain|what caused|reasons?)\b",
    ),
    wants(
        "model_status",
        rf"\b{MODEL}(?:'s)? (?:status|health|performance|accuracy|quality|error|state|doing|"
        r"drift\w*|fresh\w*|age)\b",
        rf"\b(?:status|health|state|accuracy|quality|performance|age|freshness|error) of {_OUR}"
        rf"(?:{MODEL}|forecasts?)\b",
        r"\bhow (?:good|accurate|well|reliable|fresh|old|healthy|bad|precise|trustworthy|current|"
        rf"fast|far off|wrong)\b{HERE}\b(?:{_FORECASTS}|data)\b(?! (?:for|of) (?:the )?_)",
        r"\bhow(?:'s| is| are) (?:the |our )?(?:production |current |forecast(?:ing)? )?"
        r"(?:model|forecasts|data)\b"
        r"(?: doing| performing| holding up| today| now)?\W*$",
        r"\b(?:which|what) model (?:version )?(?:is|are|do|does|runs|makes|serves)\b",
        r"\bproduction model\b",
        r"\b(?:drift\w*|decay\w*|latency|wape|rmse|mape|mae|r2|r²|staleness)\b",
        r"\bforecast (?:accuracy|error)\b",
        rf"\b(?:is|are) (?:the |our )?(?:{_FORECASTS}|data) (?:still )?(?:ok|okay|good|accurate|"
        r"healthy|fresh|up[ -]to[ -]date|stale|reliable|outdated|any good|trustworthy|current)\b",
        r"\bcan (?:i|we) (?:trust|rely on)\b",
        r"\bup[ -]to[ -]date\b",
        r"\b(?:last|latest) (?:data|sales) (?:update|load|day)",
        r"\bdata (?:cutoff|cut-off|freshness)",
        r"\b(?:should|do) we (?:need to )?re-?train\b",
        r"\b(?:what|until when|through when|how much) (?:\w+ )*data\b",
        r"\b(?:we|you) have data\b|\bhave (?:any )?data (?:for|until|through)\b",
        r"\bhow (?:recent|fresh|old) (?:is|are) (?:the |our )?data",
    ),
)
