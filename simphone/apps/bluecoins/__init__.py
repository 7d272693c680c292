"""Bluecoins: transactions of a household, its accounts and categories, and what follows from them."""

from simphone.apps.bluecoins.app import APP

__all__ = ["APP"]
