"""The desk: tickets, their story and cards, what agents may say. Pure."""
