"""What was found odd and waits until somebody has looked at it."""
