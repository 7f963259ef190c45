"""The commands of `kefu`, one a module, loaded where it is called."""

from typing import Final

GROUPS: Final = {
    "faq": "ask, check and measure the knowledge base",
    "mood": "say how messages sound, a line each; or measure that: kefu mood bench FILE",
}
"""The modules that are groups of commands (`bot.commands.group.Group`), and what each is for."""
