"""Google Contacts; Messages and Phone read its book of people."""

from simphone.apps.contacts.app import APP

__all__ = ["APP"]
