"""The documents of the demo's invented retailers."""

from pathlib import Path


def demo_documents(tenant: str) -> Path:
    """Return the folder of one retailer's documents."""
    return Path(__file__).parent / tenant
