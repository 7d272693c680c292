"""Worlds as data; simphone.phone.world reads them."""
