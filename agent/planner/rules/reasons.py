"""Why: revisions, misses, changes, forecasts; and what is not as expected."""

from agent.planner.rules.pieces import HERE, wants

_WHY = r"(?:why|how come|explain|reasons?)"
_UP_OR_DOWN = (
    r"(?:drop|dropp|fall|fell|declin|decreas|collaps|crash|plung|dip|dipp|jump|spik|ris|rose|"
    r"surg|soar|grow|grew|increas|chang|go up|go down|went up|went down|gone (?:up|down)|up\b|"
    r"down\b|so (?:low|high|bad|good|weak|strong|poor|few|many|much|little)|lower|higher|worse|"
    r"better|slow|weak|sell so|sold so|shrink|shrank|shrunk|tank|double|halve)"
)
_MOVED = r"(?:drop|fall|rise|change|decline|jump|dip|increase|decrease|spike)"

RULES = (
    wants(
        "explain",
        rf"\bforecast\b{HERE}\b(?:revis|chang|mov(?:e|ed)|go(?:ne)? (?:up|down)|went|differ|"
        r"dropp?(?:ed)?\b|fell|ris(?:e|en)|rose)",
        r"\brevis(?:ed|ions?)\b",
        rf"\b(?:chang|differ)\w*\b{HERE}\b(?:previous|prior|earlier|old) forecast\b",
        r"\bchang(?:e|ed|es) (?:in|to|of) (?:the |our )?forecast",
        about="revision",
    ),
    wants(
        "explain",
        rf"\b(?:{_WHY}|what|where)\b{HERE}\b(?:forecast|model|prediction|we|it|they)\b{HERE}"
        r"\b(?:miss|missed|wrong|off\b|inaccurate|overestimat|underestimat|over-?forecast|"
        r"under-?forecast|too (?:high|low)|fail)",
        rf"\bhow (?:far off|far out|wrong|close)\b{HERE}\b(?:was|were)\b{HERE}"
        r"\bforecasts? (?:for|of) (?:the )?_",
        r"\b(?:over|under)-?forecast",
        r"\bbeat (?:the|our) forecast",
        rf"\bforecast (?:miss|error)s?\b{HERE}\b(?:why|explain|cause)",
        rf"\b(?:explain|why)\b{HERE}\b(?:forecast )?(?:miss|misses|error)\b",
        about="miss",
    ),
    wants(
        "explain",
        rf"\b(?:{_WHY}|what (?:caused|is behind|was behind|made|happened|went wrong|changed|led)|"
        rf"what(?:'s| is) (?:wrong|going on|behind|the story behind))\b{HERE}"
        r"(?:\b(?:did|was|were|has|have|had|yesterday|last)\b|"
        rf"\b{_MOVED} in\b|\b{_UP_OR_DOWN})",
        about="change",
    ),
    wants(
        "explain",
        r"\bwhat (?:drives?|drove|is driving|was driving|explains?|influences?|affects?|"
        r"determines?|pushes|lies behind)",
        r"\bwhat(?:'s| is) (?:driving|behind)\b",
        r"\b(?:drivers?|factors?)\b",
        r"\b(?:walk|talk|take) (?:me|us) through\b",
        rf"\b{_WHY}\b",
        r"\bbreak ?down the forecast",
        r"\bhow did you (?:get|come|arrive|calculate)",
        r"\bwhere does (?:that|this|the) (?:number|forecast|figure) come",
    ),
    wants(
        "detect_anomalies",
        r"\banomal\w*",
        r"\bunusual\w*",
        r"\boutliers?\b",
        r"\b(?:strange|weird|suspicious|unexpected|fishy)\b",
        r"\bodd(?:ities|ly)?\b",
        r"\babnormal\w*",
        r"\birregular\w*",
        r"\bout of the ordinary\b",
        r"\bspikes?\b(?! in (?:sales|demand|revenue|units|_))",
        r"\banything (?:wrong|off|funny|special|i should know)\b",
        r"\bglitch\w*",
        r"\bsurpris\w+",
        r"\bstand(?:s)? out\b",
        r"\bsudden (?:drop|jump|change|spike)s?\b",
    ),
    wants(
        "search_knowledge",
        r"\bwhat (?:is|are) (?:a|an|the (?:meaning|definition|policy))\b",
        r"\bhow does (?:this|it|tillsight|the model) work\b",
        unless=r"\b(?:price|discount|forecast for)\b",
    ),
)
