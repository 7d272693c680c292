"""Playing: the queue, the position in the song, what comes next. All of it follows the phone's virtual clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.pimusic import library
from simphone.apps.pimusic.library import Kind, Name
from simphone.apps.pimusic.state import REPEATS, Song, saved, song
from simphone.core.app import Ctx, Json
from simphone.widgets import nav

_RESTART_MS: Final = 3000
"""Further into a song, Previous goes back to its start."""
_HISTORY: Final = 50


def current(ctx: Ctx) -> Song | None:
    """The song that is loaded."""
    return song(ctx, saved(ctx)["player"]["song"])


def length_ms(ctx: Ctx) -> int:
    """Of the song that is loaded; 0 without one."""
    loaded = current(ctx)
    return loaded["duration"] * 1000 if loaded else 0


def running(ctx: Ctx) -> bool:
    """Whether the app's process is there."""
    return "pimusic" in ctx.system.state["ui"]


def _mixed(ids: Sequence[int], first: int | None = None) -> list[int]:
    """The ids in an order that looks like none, always the same for the same ids."""
    mixed = sorted(ids, key=lambda number: (number * 7919 + 104_729) % 97)
    return mixed if first is None else [first, *(number for number in mixed if number != first)]


def _load(ctx: Ctx, number: int, *, playing: bool) -> None:
    """Make a song the loaded one, from its start."""
    data = saved(ctx)
    data["player"].update({"song": number, "position_ms": 0, "playing": playing, "since": ctx.system.epoch_ms()})
    if playing:
        data["history"] = [number, *(each for each in data["history"] if each != number)][:_HISTORY]
        data["plays"][str(number)] = data["plays"].get(str(number), 0) + 1


def start(ctx: Ctx, ids: Sequence[int], number: int) -> None:
    """Play a song; the ids are the queue."""
    player = saved(ctx)["player"]
    player["original"] = list(ids)
    player["queue"] = _mixed(ids, number) if player["shuffle"] else list(ids)
    _load(ctx, number, playing=True)


def play(ctx: Ctx, kind: Kind, name: Name, number: int) -> None:
    """A tap on a song of a list: the list becomes the queue, the player opens."""
    start(ctx, [each["id"] for each in library.listing(ctx, kind, name)], number)
    show(ctx)


def shuffle_all(ctx: Ctx, kind: Kind, name: Name) -> None:
    """The floating button: the list in mixed order."""
    shuffle_ids(ctx, [each["id"] for each in library.listing(ctx, kind, name)])


def shuffle_ids(ctx: Ctx, ids: Sequence[int]) -> None:
    """Play songs in mixed order."""
    if ids:
        saved(ctx)["player"]["shuffle"] = True
        start(ctx, ids, _mixed(ids)[0])
        show(ctx)


def show(ctx: Ctx) -> None:
    """Open the player, if anything is loaded."""
    if current(ctx) is not None and nav.top(ctx)["name"] != "player":
        nav.push(ctx, "player")


# --- the controls ---------------------------------------------------------------------------------------------------
def toggle(ctx: Ctx) -> None:
    """Play or pause."""
    player = saved(ctx)["player"]
    if current(ctx) is None:
        return
    first = not player["playing"] and player["position_ms"] == 0
    if first and player["song"] is not None:
        _load(ctx, player["song"], playing=True)
    else:
        player.update({"playing": not player["playing"], "since": ctx.system.epoch_ms()})


def seek(ctx: Ctx, fraction: float) -> None:
    """A point on the bar: whole seconds, rounded down."""
    seconds = int(length_ms(ctx) // 1000 * min(max(fraction, 0.0), 1.0))
    saved(ctx)["player"].update({"position_ms": seconds * 1000, "since": ctx.system.epoch_ms()})


def skip(ctx: Ctx, step: int) -> None:
    """Next (1) or Previous (-1); a paused player stays paused."""
    player = saved(ctx)["player"]
    queue, number = player["queue"], player["song"]
    if number is None or number not in queue:
        return
    if step < 0 and player["position_ms"] > _RESTART_MS:
        seek(ctx, 0.0)
        return
    _load(ctx, queue[(queue.index(number) + step) % len(queue)], playing=player["playing"])


def jump(ctx: Ctx, number: int) -> None:
    """A tap on a song of the queue."""
    _load(ctx, number, playing=True)


def shuffle(ctx: Ctx) -> None:
    """Switch shuffling; what is loaded goes on."""
    player = saved(ctx)["player"]
    player["shuffle"] = not player["shuffle"]
    player["queue"] = _mixed(player["original"], player["song"]) if player["shuffle"] else list(player["original"])
    ctx.system.toast("Shuffle On" if player["shuffle"] else "Shuffle Off")


def repeat(ctx: Ctx) -> None:
    """Off, all, one, off."""
    player = saved(ctx)["player"]
    player["repeat"] = REPEATS[(REPEATS.index(player["repeat"]) + 1) % len(REPEATS)]
    ctx.system.toast({"off": "Repeat Off", "all": "Repeat All", "one": "Repeat One"}[player["repeat"]])


def favourite(ctx: Ctx, number: int) -> None:
    """The heart: in or out of Pi Favourites."""
    loved = saved(ctx)["favourites"]
    if number in loved:
        loved.remove(number)
        ctx.system.toast("Removed from Pi Favourites")
    else:
        loved.append(number)
        ctx.system.toast("Added to Pi Favourites")


# --- the queue ------------------------------------------------------------------------------------------------------
def enqueue(ctx: Ctx, ids: Sequence[int], *, following: bool) -> None:
    """Put songs behind the loaded one (`following`), or at the end."""
    player = saved(ctx)["player"]
    if current(ctx) is None:
        start(ctx, ids, ids[0])
        return
    new = [number for number in ids if number != player["song"]]
    rest = [number for number in player["queue"] if number not in new]
    at = rest.index(player["song"]) + 1 if following and player["song"] in rest else len(rest)
    player["queue"] = [*rest[:at], *new, *rest[at:]]
    player["original"] = [number for number in player["original"] if number not in new] + new
    ctx.system.toast(f"{library.count(len(ids), 'song')} added to Now Playing list")


def dequeue(ctx: Ctx, number: int) -> None:
    """Take a song out of the queue; when it was loaded, the next one is."""
    player = saved(ctx)["player"]
    left = [each for each in player["queue"] if each != number]
    if player["song"] == number:
        if not left:
            player.update({"song": None, "queue": [], "original": [], "position_ms": 0, "playing": False})
            return
        at = player["queue"].index(number) if number in player["queue"] else 0
        _load(ctx, left[at % len(left)], playing=player["playing"])
    player["queue"] = left
    player["original"] = [each for each in player["original"] if each != number]


def advance(ctx: Ctx) -> None:
    """The clock moved: so does the song, and at its end the next one begins. The end of the process ends it; a song
    that was playing when the phone came to be waits for the process to start."""
    player, now = saved(ctx)["player"], ctx.system.epoch_ms()
    if not player["playing"]:
        return
    if not running(ctx):
        player["playing"] = player["since"] is None
        return
    since = player["since"] if player["since"] is not None else now
    player.update({"position_ms": player["position_ms"] + max(0, now - since), "since": now})
    if player["sleep_at"] is not None and now >= player["sleep_at"]:
        player.update({"playing": False, "sleep_at": None})
    while player["playing"] and player["position_ms"] >= length_ms(ctx) > 0:
        _ended(ctx, player["position_ms"] - length_ms(ctx))


def _ended(ctx: Ctx, over_ms: int) -> None:
    """A song has come to its end, `over_ms` ago."""
    player = saved(ctx)["player"]
    queue, number = player["queue"], player["song"]
    if number is None:
        return
    at = queue.index(number) if number in queue else len(queue) - 1
    last = at + 1 >= len(queue)
    if player["repeat"] == "one":
        _load(ctx, number, playing=True)
    elif last and player["repeat"] == "off":
        _load(ctx, queue[0] if queue else number, playing=False)
        return
    else:
        _load(ctx, queue[(at + 1) % len(queue)], playing=True)
    player["position_ms"] = over_ms


def session(ctx: Ctx) -> dict[str, Json] | None:
    """The media session, as `dumpsys media_session` tells of it; None while nothing is loaded."""
    loaded, player = current(ctx), saved(ctx)["player"]
    if loaded is None:
        return None
    return {
        "title": loaded["title"],
        "artist": loaded["artist"],
        "album": loaded["album"],
        "playing": player["playing"],
        "position_ms": player["position_ms"],
    }
