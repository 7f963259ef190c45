"""How fast Kefu is, how much memory it takes, and how that compares."""
