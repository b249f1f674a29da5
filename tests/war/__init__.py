"""A war that never was: an invented country, its history of control, and what outlets of all sorts write about it.

``country`` invents the places, ``history`` what happens there day by day, ``outlets`` what each outlet tells of it,
``articles`` and ``english`` how that is written. All of it follows from a seed, and streams. ``files`` writes it as
input for ``whoheld run``; ``compare`` holds what the pipeline makes of it against the truth.
"""
