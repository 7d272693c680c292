"""Every dialect reads what it writes, and refuses to write what it cannot say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoken import SPOKEN, VIEW, made, variant_id, variants

from phonebench.agent.dialects import DIALECTS
from phonebench.schema.action import Action

VARIANTS = list(variants())


def test_no_dialect_is_forgotten() -> None:
    assert set(SPOKEN) == set(DIALECTS)


@pytest.mark.parametrize("variant", VARIANTS, ids=variant_id)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_dialect_reads_what_it_writes(variant: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    dialect = made(variant)
    action = data.draw(SPOKEN[dialect.name].can(dialect))
    written = dialect.render(action, VIEW)
    assert dialect.parse(written, VIEW).action == action
    assert dialect.parse(f"Let us see what is there.\n{written}", VIEW).action == action


UNSAID = [(variant, action) for variant in VARIANTS for action in SPOKEN[variant[0]].cannot]


@pytest.mark.parametrize(("variant", "action"), UNSAID, ids=str)
def test_a_dialect_refuses_what_it_cannot_say(variant: tuple[str, dict[str, Any]], action: Action) -> None:
    with pytest.raises(ValueError, match=r"has no word|can only name"):
        made(variant).render(action, VIEW)
