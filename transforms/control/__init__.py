"""Claims to events, and events to who held a place, as known on each day."""
