"""Date and time pickers in dialogs: their drafts live in the args of the dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from simphone.core.app import Ctx
from simphone.ui.view import Scalar
from simphone.widgets import nav

Draft = TypeVar("Draft")


def picked(ctx: Ctx, touch: Callable[[Draft, str, Scalar], Draft], what: str, value: Scalar) -> Draft | None:
    """Apply a touch to the picker on top. OK and Cancel close it, and OK returns its draft."""
    args = nav.args(ctx)
    draft: Draft = args["draft"]
    if what in ("ok", "cancel"):
        nav.close(ctx)
        return draft if what == "ok" else None
    args["draft"] = touch(draft, what, value)
    return None
