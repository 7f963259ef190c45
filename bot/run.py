"""Puts the parts together and keeps them running until the process is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from adapters.telegram.channel import TelegramChannel, TelegramSettings
from adapters.web.channel import WebChannel, WebSettings
from chat.channel import Channel
from faq.knowledge_base import KnowledgeBase

from bot.config import Config
from bot.desk_secrets import desk_password, session_key
from bot.dialog.conversation import Settings
from bot.files import Files
from bot.inbox import Inbox
from bot.journal import RedisJournal
from bot.lease import run_while_held
from bot.outbox import Outbox
from bot.store.commands import GroupedCommands
from bot.store.connect import open_redis
from bot.store.embedded import AlreadyRunning
from bot.store.store import Store
from bot.timers import Timers

log = logging.getLogger(__name__)


class CannotRun(Exception):
    """Something outside stands in the way; the message says what and what to do."""
