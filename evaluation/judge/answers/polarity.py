"""Does an answer say yes or no?"""

from __future__ import annotations

import re
from collections.abc import Sequence

_YES_WORDS = r"yes|yeah|yep|correct|true|affirmative|indeed|是的|是|对|有的|有|开着的?|开启|已开启"
_NO_WORDS = r"no|nope|not?|false|incorrect|negative|不是|没有|没|不|否|并没有|未开启|关闭"
_LEAD = re.compile(
    rf"^\W*(?:(?:the )?(?:final )?answer(?: is)?\W+|答案是?\W*)?(?:(?P<yes>{_YES_WORDS})|(?P<no>{_NO_WORDS}))(?![a-z])"
)
_EITHER = re.compile(r"\b(?:yes or no|no or yes)\b|\bor (?:yes|no)\b|或(?:是|否|不是)")
_STANDALONE = {
    True: re.compile(r"^\W*(?:yes|yeah|yep|是的)\b|\banswer is yes\b"),
    False: re.compile(r"^\W*(?:no|nope|否)\b(?=\W|$)|\banswer is no\b"),
}
_NEGATION = re.compile(r"\b(?:not|no|never|none|nothing|without|neither)\b|没有|不|未|没|无")
_OFF = re.compile(
    r"\b(?:off|disabled|inactive|deactivated|unchecked|deselected|absent|missing|false|unfollowed)\b|关闭|关着|已关|停用|禁用"
)
_ON = re.compile(
    r"\b(?:on|enabled|active|activated|checked|selected|present|available|exists?|vibrates?|follow(?:s|ing)?|repeats?|rings?"
    r"|(?:is|are) set|true|contains?|includes?)\b|开启|开着|打开|已开|启用|存在|关注|在"
)


YES_NO = {"yes": True, "true": True, "是": True, "是的": True, "no": False, "false": False, "否": False, "不是": False}
"""What a task may accept as a bare yes or no."""


def leading(claims: Sequence[str]) -> bool | None:
    """The yes or no that heads a claim; None without one, or when both words head claims."""
    if any(_EITHER.search(claim) for claim in claims):
        return None
    for claim in claims:
        if lead := _LEAD.search(claim):
            said = lead["yes"] is not None
            return None if any(_STANDALONE[not said].search(other) for other in claims) else said
    return None


def stated_sign(claims: Sequence[str]) -> bool | None:
    """The sign of statements about a state ("is on", "is not enabled"); None when there is none or they disagree."""
    if any(_EITHER.search(claim) or any(word.search(claim) for word in _STANDALONE.values()) for claim in claims):
        return None
    signs = {sign for claim in claims if (sign := _sign(claim)) is not None}
    return signs.pop() if len(signs) == 1 else None


def _sign(claim: str) -> bool | None:
    """The sign of the claim's parts if they agree ("is disabled, it will not ring"), else of the claim as a whole."""
    signs = {sign for part in claim.split(",") if (sign := _parity(part)) is not None}
    return signs.pop() if len(signs) == 1 else _parity(claim)


def _parity(text: str) -> bool | None:
    """Two negatives make a positive; None when the text speaks of no state."""
    turned = len(_NEGATION.findall(text)) + len(_OFF.findall(text))
    if turned == 0 and not _ON.search(text):
        return None
    return turned % 2 == 0
