"""Puts the parts together and keeps them running until the process is told to stop."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


class CannotRun(Exception):
    """Something outside stands in the way; the message says what and what to do."""
