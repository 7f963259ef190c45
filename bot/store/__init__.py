"""All live state, in Redis or Valkey."""
