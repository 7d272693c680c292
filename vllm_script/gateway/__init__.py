"""The gateway: one address, named keys and limits in front of several OpenAI-compatible servers."""
