"""One report to its claims: who did what where, whether, when, and who says so."""
