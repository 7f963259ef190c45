"""The real inbox, outbox, timers, engine and scripts under a virtual clock, with seeded mishaps."""
