"""What a running assistant has loaded before anybody asks."""

import ast
import gc
import weakref
from pathlib import Path

import tools
from tools.preparing import LOADED_WHERE_USED
from tools.settling import settle

TOOLS = Path(tools.__file__).parent
# Only commands need these: to make the demo, to load and to train.
NOT_ASKED_FOR = {"tools/demo.py", "tools/assortment.py", "tools/counter.py", "tools/retrain.py"}


def test_what_tools_load_when_they_first_run_is_loaded_before():
    wanted = set()
    for path in TOOLS.glob("*.py"):
        if f"tools/{path.name}" not in NOT_ASKED_FOR:
            wanted |= loaded_inside(path)

    assert wanted - set(LOADED_WHERE_USED) == set()


def loaded_inside(path):
    """Return what functions of a file import of the engine."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [
        each for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) for each in one.body
    ]
    return {
        node.module if node.module != "forecasting" else f"forecasting.{node.names[0].name}"
        for part in inside
        for node in ast.walk(part)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("forecasting")
    }


class Held:
    """Something that holds itself, so that only the collector can let go of it."""

    def __init__(self):
        self.itself = self


def test_what_is_loaded_is_not_walked_through_again_and_goes_when_it_is_gone():
    held = Held()
    gone = weakref.ref(held)
    try:
        settle()
        frozen = gc.get_freeze_count()
        del held
        settle()
    finally:
        gc.unfreeze()

    assert frozen > 1_000
    assert gone() is None
