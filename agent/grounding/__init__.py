"""Every figure in an answer must come from a tool result of this turn, in its slot.

A figure is grounded when a result holds a value that rounds to it as shown, of the same unit and
sign, and the words around it fit the value's slot: what it measures, how it is meant, of which
product, store and days, a bound or the point. The person's own words count too, and so do notes
that tools write. Words for a change are held against the changes in the results. Anything else is
ungrounded, and the answer does not reach a person.
"""

from agent.grounding.checking import Grounding, check
from agent.grounding.naming import Name

__all__ = ["Grounding", "Name", "check"]
