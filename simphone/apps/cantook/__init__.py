"""Cantook: a reader of e-books."""

from simphone.apps.cantook.app import APP

__all__ = ["APP"]
