"""How demand answers to price, and what that makes of a discount."""
