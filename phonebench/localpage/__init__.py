"""A web page for one person on this machine: to drive a phone, to label episodes."""

from phonebench.localpage.server import LocalPage, asset, refuse

__all__ = ["LocalPage", "asset", "refuse"]
