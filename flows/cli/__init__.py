"""``whoheld``: what a person types. Prefect is imported for ``run`` only, so that the other commands are quick."""

from __future__ import annotations

from flows.cli import ask, cookbook, export, operate, report, run
from flows.cli.app import app, main

__all__ = ["app", "ask", "cookbook", "export", "main", "operate", "report", "run"]
