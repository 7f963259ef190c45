"""A case's life: opened, waiting, its thread lost and found, closed, reopened."""
