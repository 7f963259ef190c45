"""The groups of `kefu`'s commands: each module adds its own to the command line and runs it."""
