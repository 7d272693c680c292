"""Wait until a model server is ready, and say why when it is not.

    python vllm_script/wait_ready.py http://127.0.0.1:8002 --model openphone-3b --context 12288 --timeout 600

Checks, in this order: the server answers /health (or /v1/models), serves the name, has the context, reads one image.
Exit codes: 0 ready, 1 not ready in time or not as asked for, 2 wrong options.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
import time
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

if __package__ in {None, ""}:  # started as a file
    sys.path.insert(0, str(Path(__file__).parents[1]))


class NotReadyError(Exception):
    """The server is not what was asked for; the message says in what."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the server must be. `context` in tokens, 0 for any."""

    base_url: str
    model: str
    context: int = 0
    image: bool = True
    api_key: str | None = None


def wait_ready(
    wanted: Wanted, timeout_s: float, *, alive: Callable[[], bool] = lambda: True, poll_s: float = 0.5
) -> str:
    """Waits for the server, then checks it once; returns a line about it. Raises NotReadyError.

    `alive` is asked between polls: a server process that has ended needs no further waiting.
    """
    headers = {"authorization": f"Bearer {wanted.api_key}"} if wanted.api_key else {}
    with httpx.Client(base_url=wanted.base_url, headers=headers, timeout=10, trust_env=False) as client:
        card = _wait_for_card(client, wanted, time.monotonic() + timeout_s, alive, poll_s)
        context = int(card.get("max_model_len") or 0)
        if wanted.context and context and context < wanted.context:
            raise NotReadyError(f"{wanted.model} has a context of {context} tokens, {wanted.context} are needed")
        if wanted.image:
            _probe_image(client, wanted.model)
        return f"ready: {wanted.model} at {wanted.base_url}, context {context or 'unknown'}"


def _wait_for_card(
    client: httpx.Client, wanted: Wanted, deadline: float, alive: Callable[[], bool], poll_s: float
) -> dict[str, Any]:
    last = "it was never asked"
    while time.monotonic() < deadline:
        if not alive():
            raise NotReadyError("the server process has ended")
        try:
            answer = client.get("/v1/models")
            if answer.status_code == 401:
                raise NotReadyError("the server refuses the key (401)")
            answer.raise_for_status()
            cards = {card["id"]: card for card in answer.json()["data"]}
        except httpx.HTTPError as error:
            last = f"{type(error).__name__}: {error}"
        except (ValueError, KeyError, TypeError):
            last = "/v1/models is not a list of models"
        else:
            if wanted.model in cards:
                return dict(cards[wanted.model])
            raise NotReadyError(f"the server does not serve {wanted.model!r} but: {', '.join(cards) or 'nothing'}")
        time.sleep(poll_s)
    raise NotReadyError(f"{wanted.base_url} was not ready in time; last: {last}")


def _probe_image(client: httpx.Client, model: str) -> None:
    image = "data:image/png;base64," + b64encode(grey_png(56)).decode()
    content = [{"type": "text", "text": "?"}, {"type": "image_url", "image_url": {"url": image}}]
    body = {"model": model, "messages": [{"role": "user", "content": content}], "max_tokens": 1}
    try:
        answer = client.post("/v1/chat/completions", json=body, timeout=120)
    except httpx.HTTPError as error:
        raise NotReadyError(f"the image probe failed: {type(error).__name__}") from error
    if answer.status_code != 200:
        raise NotReadyError(f"the image probe was answered {answer.status_code}: {answer.text[:300]}")


def grey_png(edge: int) -> bytes:
    """A grey square, RGB PNG (ISO/IEC 15948), `edge` px wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80\x80\x80" * edge) * edge
    header = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main(argv: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="wait_ready.py", description="Wait until a model server is ready.")
    parser.add_argument("base_url", help="for example http://127.0.0.1:8002")
    parser.add_argument("--model", required=True, help="served name that must be there")
    parser.add_argument("--context", type=int, default=0, help="tokens that the context must have")
    parser.add_argument("--timeout", type=float, default=600, help="seconds to wait (default 600)")
    parser.add_argument("--no-image", action="store_true", help="skip the image probe")
    parser.add_argument("--api_key_env", "--api-key-env", metavar="NAME", help="variable that holds the key")
    args = parser.parse_args(argv)
    key = os.environ.get(args.api_key_env) if args.api_key_env else None
    wanted = Wanted(
        args.base_url.removesuffix("/").removesuffix("/v1"), args.model, args.context, not args.no_image, key
    )
    try:
        print(wait_ready(wanted, args.timeout))
    except NotReadyError as error:
        print(f"not ready: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
