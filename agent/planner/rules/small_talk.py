"""Greetings, thanks and calls for help: rules that the whole text must fit."""

from agent.planner.rules.pieces import wants

_OK = r"(?:ok|okay|great|perfect|nice|good|cool|super|awesome|wonderful|excellent)"
_NOW = r"(?: then| for now| for today)?"

RULES = (
    wants(
        "greet",
        r"(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|yo)"
        r"(?: there| you| all| team| tillsight)?(?:,? how are you(?: doing)?(?: today)?)?",
    ),
    wants(
        "thanks",
        rf"(?:{_OK}[,! ]*)*(?:thanks?|thank you|thx|cheers|ty|much appreciated)"
        r"(?: a lot| so much| very much| you| again| for (?:that|the help|your help))*",
        rf"{_OK}|fine|got it|understood",
    ),
    wants(
        "bye",
        rf"(?:bye|goodbye|good ?night|see you(?: later| soon)?|that'?s all|that is all){_NOW}",
    ),
    wants(
        "help",
        r"(?:please )?help(?: me)?",
        r"\?+",
        r"what can (?:you|i) (?:do|ask|help)(?: (?:me )?with)?(?: (?:you|for me|here))?",
        r"what do you do|who are you|what are you",
        r"how do(?:es)? (?:this|you) work|what can i ask(?: you)?",
        r"show me examples|examples?|commands|menu|can you help(?: me)?",
    ),
)
