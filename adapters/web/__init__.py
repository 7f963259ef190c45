"""The web page for visitors and the web desk for agents."""
