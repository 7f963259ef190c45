"""The program: configuration, store, inbox, outbox, timers and the command line."""
