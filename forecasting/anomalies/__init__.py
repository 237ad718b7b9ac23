"""Days that are not as expected, and what may explain them."""
