"""What tells the series of a tenant apart: stores, products, both or neither."""

import pyarrow.compute as pc

from forecasting.data.binding import Binding
from forecasting.data.contract import ALL
from forecasting.data.store import SalesStore
from tenants.errors import BadInput

_KEYS = ("store", "product")


def check_series(bindings: dict[str, Binding], store: SalesStore) -> None:
    """Refuse sales that leave out a store or product which other sales are told apart by.

    Their rows would all become the one store or product "all" beside the real ones.

    Args:
        bindings: The source files of the table `sales`, by name.
        store: What is already stored.

    Raises:
        BadInput: A file has no column for it; the message names both sides.
    """
    for key in _KEYS:
        without = [name for name, binding in bindings.items() if key not in binding.columns]
        if not without:
            continue
        if len(without) < len(bindings):
            having = next(name for name in bindings if name not in without)
            raise BadInput(
                f"{without[0]!r} has no column for {key!r} while {having!r} has one; add it, or "
                "name the right column in a mapping."
            )
        if distinguishes(store, key):
            raise BadInput(
                f"{without[0]!r} has no column for {key!r}, and the sales loaded so far are told "
                "apart by it; add it, or name the right column in a mapping."
            )


def distinguishes(store: SalesStore, key: str) -> bool:
    """Tell whether the stored sales in stores have more than the one item "all" under a key."""
    sales = store.arrow("sales", columns=[key, "channel"])
    regular = sales.filter(pc.equal(sales["channel"], "store"))
    return bool(set(regular[key].unique().to_pylist()) - {ALL})
