"""A phone with the apps of probe.py."""

import pytest
from probe import PROBE, Launcher, Other, Probe

from simphone.phone.phone import Phone


@pytest.fixture
def apps():
    return [Launcher(), Other(), Probe()]


@pytest.fixture
def phone(apps):
    """Probe in front, on its form."""
    made = Phone(apps=apps)
    assert made.launch(PROBE)
    return made
