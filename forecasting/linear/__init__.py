"""Linear models of log sales: one set of coefficients for all series, and what each adds to it."""
