"""The dialog engine: one pure function from a conversation and an event to a decision."""
