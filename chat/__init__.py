"""The words that everything in Kefu speaks: addresses, messages, events, actions, channels."""
