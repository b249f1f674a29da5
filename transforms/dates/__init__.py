"""When: calendar expressions of a text, found and normalised."""
