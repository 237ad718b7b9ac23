"""The built-in chat model: understands questions by rules and needs no network."""
