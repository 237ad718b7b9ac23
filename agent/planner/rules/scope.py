"""What is not this product's business, whatever else the words resemble."""

from agent.planner.rules.pieces import wants

_PEOPLE = r"(?:user|person|people|account|admin|administrator|manager)"
_RECORDS = (
    r"(?:data|history|records?|sales (?:data|records?)|rows?|audit|logs?|products?|stores?|users?|"
    r"people|models?)"
)
_OTHERS = (
    r"(?:tenants?|compan(?:y|ies)|retailers?|clients?|organi[sz]ations?|chains?|business(?:es)?|"
    r"workspaces?)"
)

RULES = (
    wants(
        "out_of_scope",
        r"\bsystem prompt",
        r"\b(?:your|hidden|initial) (?:instructions|prompt)",
        r"\bapi[ -]?keys?",
        r"\b(?:openai|anthropic|secret|encryption|ssh|access) keys?\b",
        r"\b(?:passwords?|secrets?|credentials?|private key)",
        r"\b(?:access |api )?tokens?\b",
        r"\b(?:environment variables?|tool schemas?|source code|\.env)\b",
        r"\bdatabase (?:url|file|address)",
        about="secrets",
    ),
    wants(
        "out_of_scope",
        r"\b(?:delete|erase|wipe|purge|truncate|destroy)\b",
        r"\bforget (?:all|everything|the)\b",
        r"\bdrop (?:the |all )?(?:table|database|data)\b",
        rf"\bremove (?:all |the |my |our )?{_RECORDS}",
        r"\bremove (?:all |the |my |our )*(?:sales|forecasts|alerts)\b(?! (?:tax|of))",
        r"\bclear (?:the |all )?(?:audit|data|history|logs?)\b",
        about="deleting",
    ),
    wants(
        "out_of_scope",
        rf"\b(?:other|another|different|rival|all|every|each) {_OTHERS}\b",
        r"\bcompetitors?\b",
        r"\btenants?\b",
        r"\b(?:inc|ltd|llc|gmbh|corp|outfitters)\b",
        about="others",
    ),
    wants(
        "out_of_scope",
        r"\b(?:weather|temperature) (?:forecast|report|tomorrow|today|this|next|in|for|be|like)\b",
        r"(?:forecast|predict|what(?:'s| is| will)|how(?:'s| is| will)) (?:the |be the )?weather",
        r"\bwill it (?:rain|snow|be sunny)",
        r"\b(?:poem|haiku|limerick|jokes?|song|lyrics|stories|(?:tell|write)\b[^.?]*\bstory|essay|novel|recipe|riddle)\b",
        r"\b(?:stock market|share price|stock prices?|bitcoin|crypto\w*|exchange rates?|lottery)\b",
        r"\b(?:horoscope|football|election|president|prime minister)\b",
        r"\bcapital (?:city )?of\b",
        r"\btranslate\b",
        r"\bwho (?:won|wrote|invented)\b",
        r"\b(?:write|send|draft)\b.*\b(?:e-?mails?|letter|tweet|post|code|script|report to)\b",
        r"\b(?:python|javascript|sql|shell|bash) (?:code|script|query|command)",
        r"\brun (?:this|the following) (?:code|query|command)",
        r"\bselect \* from\b",
        r"\b\d+ ?(?:times|plus|minus|divided by|multiplied by|\*|x) ?\d+\b",
        r"\b(?:e-?mail|text|message|fax) (?:me|us|him|her|them|this|it|the|my)\b",
        about="topic",
    ),
    wants(
        "out_of_scope",
        rf"\b(?:add|create|invite|remove|make) (?:a |an |the |me )?(?:new )?{_PEOPLE}\b",
        r"\b(?:change|set) (?:my|the) (?:role|password)\b",
        r"\b(?:grant|give|make) \S+ (?:an? |the )?(?:admin|manager|analyst|viewer)\b",
        r"\b(?:grant|give) (?:me|him|her|them) .*(?:access|rights|role|permission)",
        about="people",
    ),
    wants(
        "out_of_scope",
        r"\b(?:place|submit|send) (?:an?|the) order\b",
        r"\bbuy (?:me|some)\b",
        r"\border\b[^.?]*\bfrom (?:the |our |a )?(?:supplier|vendor|wholesaler)",
        r"\b(?:upload|import|ingest) (?:a |the |this |my )?(?:file|data|csv)",
        about="actions",
    ),
    wants(
        "search_knowledge",
        r"\bdefinition of\b",
        r"\bdefine\b",
        r"\bmeaning of\b",
        r"\bwhat does .* mean\b",
        r"\bour policy\b",
        r"\bpolicy (?:on|for)\b",
    ),
    wants(
        "approve",
        r"\b(?:approve|confirm|accept|deny|reject|decline)\b.*\bap-?\d+",
        r"\bap-\d+\b",
    ),
)
