"""Keeping the collection of garbage short in a process that goes on answering."""

import gc


def settle() -> None:
    """Leave what is loaded by now to stay: no later collection of garbage walks through it.

    With libraries, data and model loaded, walking through all of it takes a quarter of a second,
    and some question in fifty has to wait for it. What was left before is looked through once
    more, so that nothing that is gone stays.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
