"""`python -m bot` is `kefu`."""

import sys

from bot.cli import main

sys.exit(main())
