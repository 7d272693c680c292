"""Serving the models: vLLM presets and launchers, the gateway in front of them, and speed measurements."""
