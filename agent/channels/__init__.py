"""The ways in: command line and page. Each makes a principal and renders the same answer."""
