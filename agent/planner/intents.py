"""What a part of a question wants: rules first, most specific first.

A rule reads text in lower case in which names of products and stores are blanked to
underscores, so that a product called "Forecast" is not a wish. Where no rule fits,
`second_opinion` compares with packaged example phrases, and the planner asks when that is
not sure either.
"""

import re
from dataclasses import dataclass

SOCIAL = frozenset({"greet", "help", "thanks", "bye"})
NOT_YET = {
    "plan_inventory": "advise on stock and reorders",
    "counterfactual": "work back from a sales target to what would reach it",
    "search_knowledge": "look up definitions and policies",
    "list_alerts": "list alerts",
    "compare_models": "compare two models side by side",
    "decision_report": "report on past decisions",
    "rollout": "run canary or A/B rollouts",
}
"""What people may ask for that no tool does yet, in words that follow "I cannot"."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted.

    Attributes:
        name: A tool's name, a social word, a key of `NOT_YET`, or `out_of_scope`.
        about: What to explain, or which business is out of scope.
    """

    name: str
    about: str = ""


def _rule(name: str, pattern: str, about: str = "") -> tuple[re.Pattern[str], Intent]:
    return re.compile(pattern), Intent(name, about)


_MODEL = r"(?:model|models|version|versions|challenger|candidate|champion)"
_SELL = r"(?:sell|sells|sold|selling|sale|sales|demand|revenue|turnover|units|takings|income)"
_CHEAPER = (
    r"(?:discount|discounts|mark-?downs?|price cuts?|promo(?:tion)?s?|offers?|prices?|pricing)"
)
_PRICE_MOVES = (
    r"(?:discount|cut|lower|drop|reduce|raise|increase|hike|change|mark (?:down|up)|put|promote|run|"
    r"price|sell|charge|offer|give|take|halve|advertise|stop|cancel|knock|bump|do|had|have|set|make|were)"
)
_UP_OR_DOWN = (
    r"(?:drop|dropp|fall|fell|fall|declin|decreas|collaps|crash|plung|dip|dipp|jump|spik|ris|rose|"
    r"rise|surg|soar|grow|grew|increas|chang|go up|go down|went up|went down|gone (?:up|down)|up\b|"
    r"down\b|so (?:low|high|bad|good|weak|strong|poor|few|many|much|little)|lower|higher|worse|"
    r"better|slow|weak|sell so|sold so|shrink|shrank|shrunk|tank|double|halve)"
)

RULES: tuple[tuple[re.Pattern[str], Intent], ...] = (
    # Nothing here is this product's business, whatever else the words resemble.
    _rule("out_of_scope", r"\b(?:system prompt|(?:your|hidden|initial) (?:instructions|prompt)|api[ -]?keys?|passwords?|"
          r"secrets?|credentials?|(?:access |api )?tokens?\b|environment variables?|tool schemas?|source code|"
          r"\.env\b|private key|database (?:url|file|address))", "secrets"),
    _rule("out_of_scope", r"\b(?:delete|erase|wipe|purge|truncate|destroy|drop (?:the |all )?(?:table|database|data)|"
          r"remove (?:all |the |my |our )?(?:data|history|records?|sales (?:data|records?)|rows?|audit|logs?|products?|stores?|users?|people|models?)|"
          r"clear (?:the |all )?(?:audit|data|history|logs?))\b", "deleting"),
    _rule("out_of_scope", r"\b(?:other|another|different|rival|all|every|each) (?:tenants?|compan(?:y|ies)|retailers?|customers? of yours|clients?|"
          r"organi[sz]ations?|chains?|business(?:es)?|workspaces?)\b|\bcompetitors?\b|\btenants?\b|\b(?:inc|ltd|llc|gmbh|corp|outfitters)\b", "others"),
    _rule("out_of_scope", r"\b(?:weather|temperature) (?:forecast|report|tomorrow|today|this|next|in|for|be|like|going)|(?:forecast|predict|what(?:'s| is| will)|how(?:'s| is| will)) (?:the |be the )?weather|"
          r"will it (?:rain|snow|be sunny)|\b(?:poem|haiku|limerick|jokes?|song|lyrics|story|stories|essay|novel|recipe|riddle)\b|"
          r"\b(?:stock market|share price|stock prices?|bitcoin|crypto\w*|exchange rates?|lottery|horoscope|football|election|president|prime minister)\b|"
          r"\bcapital (?:city )?of\b|\btranslate\b|\bwho (?:won|wrote|invented)\b|\b(?:write|send|draft)\b.*\b(?:e-?mails?|letter|tweet|post|code|script|report to)\b|"
          r"\b(?:python|javascript|sql|shell|bash) (?:code|script|query|command)|\brun (?:this|the following) (?:code|query|command)|\bselect \* from\b", "topic"),
    _rule("out_of_scope", r"\b(?:add|create|invite|remove|make) (?:a |an |the |me )?(?:new )?(?:user|person|people|account|admin|administrator|manager)\b|"
          r"\bchange (?:my|the) (?:role|password)\b|\b(?:grant|give) (?:me|him|her|them) .*(?:access|rights|role|permission)", "people"),
    _rule("out_of_scope", r"\b(?:place|submit|send) (?:an?|the) order\b|\bbuy (?:me|some)\b|\b(?:upload|import|ingest) (?:a |the |this |my )?(?:file|data|csv)", "actions"),
    _rule("approve", r"\b(?:approve|confirm|accept|deny|reject|decline)\b.*\bap-?\d+|\bap-\d+\b"),
    # Models.
    _rule("rollback", r"\broll(?:ed|ing)?[ -]?back\b|\brevert\b|\b(?:go|switch|change|return) back to (?:the )?(?:previous|old|last|prior|former|earlier)?\s*(?:production )?(?:\w+_v\d+|" + _MODEL + r")|"
          r"\brestore (?:the )?(?:previous|old|last|prior|former) (?:production )?" + _MODEL + r"|\bundo (?:the |that |our )?(?:last )?(?:promotion|model|deployment)"),
    _rule("rollout", r"\b(?:canary|a/b|ab[ -]test|rollout|roll out)\b"),
    _rule("audit_trail", r"\baudit\b|\b(?:activity|access|action|call) (?:log|trail|record)s?\b|\bwho (?:has |have )?(?:promoted|retrained|rolled|ran|called|asked|used|approved|tried|changed|requested|did)\b|"
          r"\bwhat (?:has|have|did|was) [\w.@-]+ (?:do|done|doing|try|tried|ask|asked|call|run|up to)\b(?! we)|\b(?:refused|denied|rejected|failed|invalid|blocked|forbidden) (?:calls?|attempts?|requests?|actions?)\b|"
          r"\b(?:calls?|attempts?|requests?|actions?) (?:that )?(?:were |was |got )?(?:refused|denied|rejected|failed|blocked)\b|\btool calls?\b|\blog of (?:calls|actions|what)|\bwho did what\b"),
    _rule("retrain", r"\bre-?train(?:ed|ing|s)?\b(?! (?:on )?when)|\btrain (?:a |the |an? updated |our )?(?:new |fresh |another |updated )?" + _MODEL + r"|\b(?:refresh|update|rebuild|refit|re-fit) (?:the |our )?(?:production |forecasting |forecast )?" + _MODEL + r"\b|\btrain (?:it )?again\b|\blearn from the (?:latest|new|newest) (?:data|sales)"),
    _rule("compare_models", r"\bcompare\b.*\b(?:models?|staging|production|challenger|champion)\b|\b(?:staging|challenger)\b.*\b(?:versus|vs\.?|against|compared|better than)\b.*\b(?:production|champion)"),
    _rule("promote", r"\bpromot(?:e|ing)\b(?=.*\b(?:" + _MODEL + r"|staging|production|\w+_v\d+|v\d+)\b)|\bput\b.*\b(?:in|into|to) production\b|\b(?:make|set)\b.*\b(?:the )?production " + _MODEL + r"?|"
          r"\b(?:deploy|ship|release|go live with|activate)\b.*\b(?:" + _MODEL + r"|staging|\w+_v\d+)|^\W*(?:please |now |ok |then |and |just )*promote(?: (?:it|that|this|this one|that one))?(?: now| please)?\W*$|\bswitch (?:to|over to) the (?:new|staging|newest) " + _MODEL),
    _rule("model_history", r"\b" + _MODEL + r" (?:history|registry|list|log|timeline|lineage)|\bhistory of (?:the |our )?" + _MODEL + r"|\b(?:list|show|see|which|what|all|past|earlier|older|previous|last|recent|how many)\b[^.?]{0,30}\b(?:models|versions|model versions)\b|"
          r"\bregist(?:ry|ered)\b|\bpromotion history\b|\bwhen (?:was|were) .*\bmodels? (?:promoted|trained|registered)|\bmodels (?:have we|do we have|did we)"),
    _rule("model_status", r"\b" + _MODEL + r"(?:'s)? (?:status|health|performance|accuracy|quality|error|state|doing|drift\w*|fresh\w*|age)\b|\b(?:status|health|state|accuracy|quality|performance|age|freshness|error) of (?:the |our )?(?:production |current |forecasting |forecast )?(?:" + _MODEL + r"|forecasts?)\b|"
          r"\bhow (?:good|accurate|well|reliable|fresh|old|healthy|bad|precise|trustworthy|current|fast|far off|wrong)\b[^.?]*\b(?:model|models|forecasts?|forecasting|predictions?|data)\b|"
          r"\bhow(?:'s| is| are|’s) (?:the |our )?(?:production |current )?(?:model|forecasts|data)\b(?: doing| performing| holding up| today| now)?\W*$|\b(?:which|what) model (?:is|are|do|does|runs|makes|serves)\b|\bproduction model\b|\b(?:drift\w*|decay\w*|latency|wape|rmse|mape|mae|r2|r²|forecast accuracy|forecast error|staleness)\b|"
          r"\b(?:is|are) (?:the |our )?(?:model|models|forecasts?|predictions?|data) (?:still )?(?:ok|okay|good|accurate|healthy|fresh|up[ -]to[ -]date|stale|reliable|outdated|any good|trustworthy|current)\b|\bcan (?:i|we) (?:trust|rely on)\b|\bup[ -]to[ -]date\b|\b(?:last|latest) (?:data|sales) (?:update|load|day)|\bdata (?:cutoff|cut-off|freshness)|\bwhen was the (?:current |production )?model\b|\bhow (?:recent|fresh|old) (?:is|are) (?:the |our )?data"),
    # Decisions.
    _rule("counterfactual", r"\b(?:what|how) (?:would|will|does|do) (?:it|we|i) (?:take|need)\b|\bwhat (?:gets?|would get|will get) (?:me|us|_+) to\b|\b(?:reach|hit|get to|achieve) (?:a target of )?\d[\d,.]* ?(?:units|sales)?\b|\btarget of \d"),
    _rule("what_if", r"\bwhat[ -]?if\b|\bwhat (?:would|will|happens?|might|could|do you think would) (?:happen\b|happens\b)?[^.?]*\bif\b|\b(?:suppose|supposing|imagine|assume|assuming|say we|let's say)\b|\bwhat happens (?:when|with)\b|"
          r"\bif (?:we|i|you|they|the price|prices|_+|it|its price)\b[^.?]*\b(?:" + _PRICE_MOVES + r")\b|\b(?:impact|effect|result|consequences?) (?:of|from|on)\b[^.?]*\b(?:discount|price|promotion|\d+ ?%|off\b|cheaper)|"
          r"\b(?:would|will|does|do|could) (?:a|an|the)?\s*(?:\d+ ?(?:%|percent)|lower price|higher price|price (?:cut|increase|rise)|promotion|discount)[^.?]*\b(?:help|lift|boost|increase|hurt|do|sell|raise|affect|change)|\bsimulate\b"),
    _rule("sales_history", r"\b(?:what|which|how (?:much|high|deep|big))\b[^.?]*\b(?:was|were|did|is|are|has|have)\b[^.?]*\b(?:average |mean |usual |regular |actual |past |current )?(?:price|prices|discounts?)\b(?! (?:cut|increase|be\b|should|would))(?![^.?]*\b(?:should|best|optimal|ideal|maximi[sz]e|right for)\b)(?=[^.?]*(?:\b(?:was|were|did|gave|given|last|yesterday|average|mean|in|of|for|at)\b))(?<!best price)|\baverage (?:price|discount)\b|\bprice history\b|\bdiscount history\b|\bprices? (?:last|yesterday|since|in)\b"),
    _rule("optimize_discount", r"\b(?:optimi[sz]\w*|best|optimal|ideal|right|recommend\w*|suggest\w*|advise|advice|propose|find|perfect|most profitable|good)\b[^.?]*\b" + _CHEAPER + r"\b|\b" + _CHEAPER + r"\b[^.?]*\b(?:optimi[sz]\w*|should|recommend\w*|maximi[sz]\w*|is best|works best|makes most|would be best|pays)\b|"
          r"\bhow (?:much|deep|far|big a) (?:should|can|could|do|shall|ought)?\s*(?:we|i)?\s*(?:should |can |could )?(?:discount|mark (?:it |them |_+ )?down|cut|lower)\b|\bhow (?:much|deep|big)[^.?]*\bdiscount\b[^.?]*\b(?:should|shall)|\bmaximi[sz]e\b[^.?]*\b(?:profit|revenue|units|sales|margin|volume|turnover)|\bshould (?:we|i)\b[^.?]*\b(?:discount|mark|promote|promotion|on sale|price|cheaper)|\bworth (?:discounting|a discount)|\boptimi[sz]e\b"),
    _rule("plan_inventory", r"\b(?:re-?order|re-?stock|inventory|replenish\w*|safety stock|order quantity|stock levels?|stock up|stock plan\w*)\b|\bhow (?:much|many)\b[^.?]*\b(?:to order|should (?:we|i) (?:order|stock|buy))|\b(?:run|running) out of stock\b|\bin stock\b|\bon hand\b"),
    _rule("list_alerts", r"\balerts?\b|\bnotifications?\b"),
    _rule("decision_report", r"\bdecision (?:report|journal)|\bpast (?:decisions|recommendations|advice)\b|\bhow did our (?:discounts|decisions|promotions|advice) (?:work|turn|do|pay)"),
    # Why.
    _rule("explain", r"\bforecast\b[^.?]*\b(?:revis|chang|mov(?:e|ed)|go(?:ne)? (?:up|down)|went|differ|dropp?(?:ed)?\b|fell|ris(?:e|en)|rose)|\brevis(?:ed|ion|ions)\b|\bchang(?:e|ed|es) (?:in|to|of) (?:the |our )?forecast|\bwhat changed in the forecast", "revision"),
    _rule("explain", r"\b(?:why|explain|how come|reason|what)\b[^.?]*\b(?:forecast|model|prediction|we|it|they)\b[^.?]*\b(?:miss|missed|wrong|off\b|inaccurate|overestimat|underestimat|over-?forecast|under-?forecast|too (?:high|low)|fail)|\bover-?forecast|\bunder-?forecast|\bforecast (?:miss|error)s?\b[^.?]*\b(?:why|explain|cause)|\b(?:explain|why)\b[^.?]*\b(?:forecast )?(?:miss|misses|error)\b|\bbeat (?:the|our) forecast", "miss"),
    _rule("explain", r"\b(?:why|how come|explain|reasons?|what (?:caused|is behind|was behind|made|happened|went wrong|changed|led)|what(?:'s| is) (?:wrong|going on|behind))\b[^.?]*(?:\b(?:did|was|were|has|have|had|yesterday|last|drop in|fall in|rise in|change in|decline in|jump in|dip in|increase in|decrease in|spike in)\b|\b" + _UP_OR_DOWN + r")", "change"),
    _rule("explain", r"\bwhat (?:drives?|drove|is driving|was driving|explains?|influences?|affects?|determines?|pushes|lies behind)|\bwhat(?:'s| is) (?:driving|behind)\b|\bdrivers?\b|\b(?:explain|why|how come|break ?down the forecast|reasons? (?:for|behind|why))\b|\bhow did you (?:get|come|arrive|calculate)|\bwhere does (?:that|this|the) (?:number|forecast|figure) come", ""),
    _rule("detect_anomalies", r"\banomal\w*|\bunusual\w*|\boutliers?\b|\bstrange\b|\bodd(?:ities|ly)?\b|\bweird\b|\babnormal\w*|\bsuspicious\b|\birregular\w*|\bunexpected\b|\bout of the ordinary\b|\bspikes?\b(?! in)|\banything (?:wrong|off|funny|special|i should know)\b|\bglitch\w*|\bsurpris\w+|\bstand(?:s)? out\b|\bsudden (?:drop|jump|change|spike)s?\b"),
    _rule("search_knowledge", r"\b(?:what (?:is|are) (?:a|an|the (?:meaning|definition|policy))|what does .* mean|define|definition of|meaning of|our policy|policy (?:on|for)|how does (?:this|it|tillsight|the model) work)\b(?!.*\b(?:price|discount|forecast for)\b)"),
    # Figures.
    _rule("forecast", r"\b(?:forecasts?|forecasted|forecasting|predict\w*|project(?:ion|ions|ed)?|outlook|estimate|expect\w*|anticipat\w*)\b|\b(?:will|going to|gonna|'ll|shall)\b[^.?]*\b" + _SELL + r"\b|\b" + _SELL + r"\b[^.?]*\b(?:will|going to|gonna)\b|\bhow (?:many|much)\b[^.?]*\b(?:will|going to|'ll|would)\b|\bwhat will\b|\b(?:would|could|might)\b[^.?]*\bsell\b|\bhow (?:are|is) \S+ (?:going to|gonna) (?:do|sell)|\bwill (?:we|_+) (?:do|make|take|earn)\b"),
    _rule("sales_history", r"\bsold\b|\b(?:did|have|has|had)\b[^.?]*\b(?:sell|sold|make|made|take|earn|do)\b|\bbest[ -]?sell\w*|\b(?:top|bottom|worst|best|slowest|biggest|weakest|strongest|least|most popular) ?(?:\d+ |\w+ )?(?:products?|items?|sellers?|stores?|selling|categor\w+|performers?|performing|days?|weeks?|months?)\b|\bsold (?:best|most|least|worst)|\bsell(?:s|ing)? (?:the )?(?:best|most|least|worst|well)\b|"
          r"\b(?:sales|revenue|turnover|takings|units|income)\b|\b(?:sales )?history\b|\bactuals?\b|\bperform\w*\b|\bhow (?:were|was|did|have|has) \S+|\bhow (?:is|are) (?:_+|we|business|things|trade)\b[^.?]*\b(?:doing|going|selling)\b|\btrends?\b|\bcompare\b"),
)  # fmt: skip

_SOCIAL: tuple[tuple[re.Pattern[str], Intent], ...] = (
    _rule("greet", r"\W*(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|yo)(?: there| you| all| team| tillsight)?(?:,? how are you(?: doing)?(?: today)?)?\W*"),
    _rule("thanks", r"\W*(?:(?:ok|okay|great|perfect|nice|good|cool|super|awesome|wonderful|excellent)[,! ]*)*(?:thanks?|thank you|thx|cheers|ty|much appreciated)(?: a lot| so much| very much| you| again| for (?:that|the help|your help))*\W*|\W*(?:ok|okay|great|perfect|nice|cool|good|fine|got it|understood)\W*"),
    _rule("bye", r"\W*(?:bye|goodbye|good ?night|see you(?: later| soon)?|that'?s all|that is all)(?: then| for now| for today)?\W*"),
    _rule("help", r"\W*(?:please )?(?:help|help me|\?+|what can (?:you|i) (?:do|ask|help)(?: (?:me )?with)?(?: (?:you|for me|here))?|what do you do|who are you|what are you|how do(?:es)? (?:this|you) work|what can i ask(?: you)?|show me examples|examples?|commands|menu|can you help(?: me)?)\W*"),
)  # fmt: skip


def rule_for(text: str) -> Intent | None:
    """Return what a text in lower case, names blanked, wants by rule; None when no rule fits."""
    for pattern, intent in RULES:
        if pattern.search(text):
            return intent
    return None


def social(text: str) -> Intent | None:
    """Return the greeting, thanks or cry for help that the whole text is, if it is one."""
    for pattern, intent in _SOCIAL:
        if pattern.fullmatch(text.strip()):
            return intent
    return None


_SPLIT = re.compile(
    r"(?<=[.?!;])\s+(?=\S)|\s*[,;]?\s+(?:and then|and also|then|and|but|also|plus|as well as)\s+|\s*;\s*|,\s+(?=(?:then|how|what|why|which)\b)"
)
_ASIDE = re.compile(r"^\W*(?:promote|promoting|put)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """One wish of a question: a stretch of the text and what it wants, if a rule says."""

    start: int
    end: int
    intent: Intent | None


def parts_of(text: str) -> list[Part]:
    """Split a question into its wishes.

    A stretch between "and", "then" or sentence ends is a wish of its own when it wants
    something by itself; otherwise ("cold brew and bagels") it belongs to the one before.
    """
    whole = rule_for(text)
    if whole is not None and whole.name == "out_of_scope":
        return [Part(0, len(text), whole)]
    found: list[Part] = []
    for start, end in _stretches(text):
        intent = rule_for(text[start:end])
        last = found[-1] if found else None
        if last is None:
            found.append(Part(start, end, intent))
        elif intent is None or _continues(last.intent, intent, text[start:end]):
            found[-1] = Part(last.start, end, last.intent)
        elif last.intent is None:
            found[-1] = Part(last.start, end, intent)
        else:
            found.append(Part(start, end, intent))
    if len(found) == 1:
        return [Part(0, len(text), whole)]
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    stretches, start = [], 0
    for match in _SPLIT.finditer(text):
        stretches.append((start, match.start()))
        start = match.end()
    stretches.append((start, len(text)))
    return [(a, b) for a, b in stretches if text[a:b].strip(" .?!,;")]


def _continues(before: Intent | None, intent: Intent, text: str) -> bool:
    """Tell whether a stretch only adds to the wish before it."""
    if before is None:
        return False
    if before.name == "retrain":
        return intent.name in {"promote", "retrain"} or bool(_ASIDE.match(text))
    if before.name == "what_if":
        return intent.name in {"promote", "optimize_discount"} and bool(_ASIDE.match(text))
    if before.name == "audit_trail":
        return intent.name in {"promote", "retrain", "rollback", "audit_trail"}
    weak = intent.name == "sales_history" and not re.search(
        r"\bsold\b|\bdid\b|\bhow\b|\bwhat\b|\bwhich\b|\bshow\b|\btop\b|\baverage\b|\bsales\b", text
    )
    return weak or (intent == before and intent.name in {"detect_anomalies", "explain"})
