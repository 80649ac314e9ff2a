"""The answering page: compiled forms, one-time keys, durable storing. Nothing here knows who answers."""
