"""What to do: what-ifs, discounts, stock, targets."""

from agent.planner.rules.pieces import HERE, PRICING, wants

_MOVES = (
    r"(?:discount|cut|lower|drop|reduce|raise|increase|hike|change|mark (?:down|up)|put|promote|"
    r"run|price|sell|charge|offer|give|take|halve|advertise|stop|cancel|knock|bump|do|had|have|"
    r"set|make|were|bumped|raised|lowered|dropped|reduced|increased|charged|sold|gave|took|ran|"
    r"marked|knocked|slashed|promoted|priced|offered|discounted)"
)
_MOVING = (
    r"(?:cutting|dropping|lowering|raising|increasing|discounting|reducing|promoting|pricing|"
    r"charging|selling|running|offering|putting|marking)"
)
_BEST = (
    r"(?:optimi[sz]\w*|best|optimal|ideal|right|recommend\w*|suggest\w*|advise|advice|propose|"
    r"find|perfect|sweet spot|most profitable|good)"
)
_A_CHANGE = (
    r"(?:\d+ ?(?:%|percent)|lower price|higher price|price (?:cut|increase|rise)|promotion|"
    r"discount)"
)

RULES = (
    wants(
        "counterfactual",
        r"\b(?:what|how) (?:would|will|does|do) (?:it|we|i) (?:take|need)\b",
        r"\bwhat (?:gets?|would get|will get) (?:me|us|_+) to\b",
        r"\b(?:reach|hit|get to|achieve) (?:a target of )?\d[\d,.]* ?(?:units|sales)?\b",
        r"\btarget of \d",
    ),
    wants(
        "what_if",
        r"\bwhat[ -]?if\b",
        rf"\bwhat (?:would|will|happens?|might|could|do you think would)\b{HERE}\bif\b",
        r"\bwhat happens (?:when|with)\b",
        r"\bwhat (?:happens|would happen|will happen)\W*$",
        rf"\b(?:would|will|does|do|could) {_MOVING}\b",
        r"\bwhat happens at (?:a )?[$€£]?\d",
        rf"\bwhat would\b{HERE}\b(?:at|with) (?:a )?\d+(?:\.\d+)? ?%",
        rf"\b(?:test|try|model|evaluate) (?:out )?(?:a|an)\b{HERE}"
        r"\b(?:discount|price|promotion|markdown|off)\b",
        r"\belasticity\b",
        r"\bprice[- ]sensitiv\w+",
        r"\b(?:suppose|supposing|imagine|assume|assuming|say we|let's say|simulate)\b",
        rf"\bif (?:we|i|you|they|the price|prices|_+|it|its price)\b{HERE}\b{_MOVES}\b",
        rf"\b(?:impact|effect|result|consequences?) (?:of|from|on)\b{HERE}"
        r"\b(?:discount|price|promotion|\d+ ?(?:%|percent)|off\b|cheaper)",
        rf"\b(?:would|will|does|do|could) (?:a|an|the)?\s*{_A_CHANGE}{HERE}"
        r"\b(?:help|lift|boost|increase|hurt|do|sell|raise|affect|change)",
    ),
    wants(
        "optimize_discount",
        rf"\b{_BEST}\b{HERE}\b{PRICING}\b",
        rf"\b{PRICING}\b{HERE}\b(?:optimi[sz]\w*|should|recommend\w*|maximi[sz]\w*|is best|"
        r"works best|makes most|would be best|pays)\b",
        r"\bhow (?:much|deep|far|big a) (?:should|can|could|do|shall|ought)?\s*(?:we|i)?\s*"
        r"(?:should |can |could )?(?:discount|mark (?:it |them |_+ )?down|cut|lower)\b",
        rf"\bhow (?:much|deep|big){HERE}\bdiscount\b{HERE}\b(?:should|shall)",
        rf"\bmaximi[sz]e\b{HERE}\b(?:profit|revenue|units|sales|margin|volume|turnover)",
        rf"\bshould (?:we|i)\b{HERE}\b(?:discount|mark|promote|promotion|on sale|price|cheaper)",
        r"\bhow (?:low|deep|far) (?:can|could|should) (?:we|i) go\b",
        r"\bworth (?:discounting|a discount)",
        rf"\b(?:which|what) {PRICING}\b{HERE}\b(?:make|give|bring|earn|get|yield|sell|pay)s?\b",
        r"\boptimi[sz]e\b",
        unless=r"\b(?:average|mean|was|were|did|gave|given)\b",
    ),
    wants(
        "sales_history",
        r"\b(?:what|which|how (?:much|high|deep|big))\b[^.?]*\b(?:was|were|did|is|are|has|have)\b"
        r"[^.?]*\b(?:prices?|discounts?)\b(?! (?:cut|increase|be\b|should|would))"
        r"(?=[^.?]*\b(?:was|did|gave|given|last|yesterday|average|mean|in|of|for|at)\b)",
        r"\baverage (?:selling |sales |unit |retail )?(?:price|discount)\b",
        r"\b(?:price|discount) history\b",
        r"^\W*(?:show |tell |give )?(?:me )?(?:the )?(?:current |regular |average |mean )?"
        r"(?:price|discount)s? (?:of|for|on)\b",
        r"\bhow much (?:does|do|is|are|did)\b[^.?]*\bcost\b",
        r"\bprices? (?:last|yesterday|since|in)\b",
    ),
    wants(
        "plan_inventory",
        r"\b(?:re-?order|re-?stock|inventory|replenish\w*|safety stock|order quantity)\b",
        r"\b(?:stock levels?|stock up|stock plan\w*|in stock|on hand)\b",
        rf"\bhow (?:much|many)\b{HERE}\b(?:to order|should (?:we|i) (?:order|stock|buy))",
        r"\b(?:run|running) out of stock\b",
    ),
    wants("list_alerts", r"\balerts?\b", r"\bnotifications?\b"),
    wants(
        "decision_report",
        r"\bdecision (?:report|journal)",
        r"\bpast (?:decisions|recommendations|advice)\b",
        r"\bhow did our (?:discounts|decisions|promotions|advice) (?:work|turn|do|pay)",
    ),
)
