"""What is wrong with a panel, found before anything is learned from it."""
