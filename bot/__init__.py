"""The program: configuration, store, inbox, outbox, timers and the command line."""

import os

# Set before numpy is first imported. Its matrices are small: more threads than one wait for each
# other, ten times as long as the work takes where the machine has something else to do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
