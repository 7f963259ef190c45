"""The knowledge base: entries, loading, matching. Pure."""
