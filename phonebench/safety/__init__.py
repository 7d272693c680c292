"""What an agent may do without being asked: rules over action, screen and config, for whoever drives a phone."""

from phonebench.safety.guard import Guard, Ruling

__all__ = ["Guard", "Ruling"]
