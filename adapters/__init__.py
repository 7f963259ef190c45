"""The platforms. Each adapter sees only `chat`."""
