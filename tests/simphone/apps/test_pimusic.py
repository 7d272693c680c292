"""How Pi Music Player behaves, and how its pages read to a checker."""

from __future__ import annotations

import re
from typing import Any

import pytest
from driver import Driver, begin, bounds, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from phonebench.schema.task import LongPressStep, Selector, TypeStep
from simphone.apps.pimusic import library
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = {task.id: task for task in load_tasks("pimusic")}
BY_TITLE = [
    "Comfortably Numb", "Dark Side Of The Moon", "fearless", "Future sounds", "K歌之王", "Lightship", "Lune",
    "PINK BLOOD", "The Wall", "Wish You Were Here", "白玫瑰", "黄金时代",
]  # fmt: skip
BY_DURATION = [
    "Lightship", "PINK BLOOD", "K歌之王", "Lune", "白玫瑰", "黄金时代", "Future sounds", "fearless",
    "Wish You Were Here", "Comfortably Numb", "Dark Side Of The Moon", "The Wall",
]  # fmt: skip


@pytest.fixture(scope="module")
def template() -> Phone:
    return Phone()


@pytest.fixture
def driver(template: Phone) -> Driver:
    return begin(template, TASKS["pimusic_1"])


def data(driver: Driver) -> dict[str, Any]:
    found: dict[str, Any] = driver.phone.state["apps"]["pimusic"]
    return found


def sh(driver: Driver, command: str) -> str:
    return run_sync(driver.phone, command, b"")[1].decode()


def hold(driver: Driver, text: str) -> None:
    driver.play(LongPressStep(long_press=Selector(text=text)))


def plain(driver: Driver) -> list[str]:
    """The texts of the plain TextViews in order: neither clickable nor focusable nor selected, without description."""
    flags = ("clickable", "focusable", "selected", "long-clickable")
    return [
        node.attrib["text"]
        for node in driver.tree().iter("node")
        if node.attrib["class"] == "android.widget.TextView"
        and node.attrib["text"]
        and not node.attrib["content-desc"]
        and not any(node.attrib[flag] == "true" for flag in flags)
    ]


def songs(driver: Driver) -> list[str]:
    """The titles of the rows of songs, as triples of plain texts that end in a length."""
    texts = plain(driver)
    start = next((at for at in range(4) if re.fullmatch(r"(\d+:)?\d+:\d\d", texts[at + 2])), None)
    assert start is not None, f"more than three texts before the first row: {texts}"
    rows = []
    while start + 2 < len(texts) and re.fullmatch(r"(\d+:)?\d+:\d\d", texts[start + 2]):
        rows.append(texts[start])
        start += 3
    return rows


def sort(driver: Driver, line: str) -> None:
    driver.tap(desc="Sort")
    driver.tap(text=line)


def toast(driver: Driver) -> str:
    shown = driver.phone.state["system_ui"]["toast"]
    return str(shown["text"]) if shown else ""


# --- pages as a checker reads them ----------------------------------------------------------------------------------
def test_tracks_read_as_rows_after_at_most_three_texts(driver: Driver) -> None:
    assert songs(driver) == BY_TITLE
    selected = [node.attrib["content-desc"] for node in driver.tree().iter("node") if node.attrib["selected"] == "true"]
    assert selected == ["TRACKS"]
    assert not driver.has(text="ARTISTS")


def test_no_row_loses_its_texts_to_what_floats_over_it(driver: Driver) -> None:
    def texts(nodes: list[Node]) -> list[str]:
        return [text for node in nodes for text in (node.text, *texts(node.children)) if text]

    left = texts(seen(driver))
    assert [title for title in BY_TITLE if title not in left] == []
    assert left[-3:] == ["黄金时代", "Eason Chan", "4:09"]


def test_sort_by_is_a_window_of_its_own_and_reads_line_by_line(driver: Driver) -> None:
    driver.tap(desc="Sort")
    assert plain(driver) == ["Sort By", "Title", "Album", "Artist", "Duration", "Ascending"]
    rings = [node.attrib["checked"] for node in driver.all(Selector(cls="RadioButton"))]
    assert rings == ["true", "false", "false", "false"]
    assert driver.node(cls="CheckBox").attrib["checked"] == "true"
    driver.tap(text="Duration")
    assert songs(driver) == BY_DURATION
    sort(driver, "Ascending")
    assert songs(driver) == BY_DURATION[::-1]


@pytest.mark.parametrize(
    ("tab", "lines"),
    [
        ("PLAYLISTS", ["Playlist Name", "Date Added", "Date Modified"]),
        ("ALBUMS", ["Album", "No. of Tracks"]),
        ("ARTISTS", ["Artist", "No. of Albums", "No. of Tracks"]),
    ],
)
def test_every_tab_has_its_own_order(driver: Driver, tab: str, lines: list[str]) -> None:
    driver.tap(desc=tab)
    driver.tap(desc="Sort")
    assert plain(driver) == ["Sort By", *lines, "Ascending"]


def test_folders_have_no_order(driver: Driver) -> None:
    driver.tap(desc="FOLDERS")
    driver.tap(desc="Sort")
    assert driver.phone.state["ui"]["pimusic"]["dialogs"] == []


def test_the_head_of_a_collection_alone_carries_its_name(driver: Driver) -> None:
    driver.tap(desc="ARTISTS")
    assert {"2 Albums", "4 Tracks"} <= set(plain(driver))
    driver.tap(text="Pink Floyd")
    (head,) = driver.all(Selector(desc="Pink Floyd"))
    assert head.attrib["class"] == "android.widget.FrameLayout"
    assert {head.attrib[flag] for flag in ("clickable", "focusable", "selected")} == {"false"}
    assert plain(driver)[:2] == ["Pink Floyd", "4 Track(s)"]
    assert songs(driver) == ["Comfortably Numb", "Dark Side Of The Moon", "The Wall", "Wish You Were Here"]
    sort(driver, "Duration")
    assert songs(driver) == ["The Wall", "Dark Side Of The Moon", "Comfortably Numb", "Wish You Were Here"]


def test_the_player_names_song_artist_album_and_hints_at_list_and_equalizer_in_one_text(driver: Driver) -> None:
    driver.tap(text="Wish You Were Here")
    texts = plain(driver)
    assert texts[:3] == ["Wish You Were Here", "Pink Floyd", "Pulse Live"]
    assert "5:31" in texts
    assert any("Now Playing list" in text and "Equalizer" in text for text in driver.texts())
    assert driver.node(id="playPauseView").attrib["content-desc"] == "Pause"


def test_built_in_playlists_are_empty_but_for_the_recently_added(driver: Driver) -> None:
    driver.tap(desc="PLAYLISTS")
    names = ["Recently Added", "Most Played", "Recently Played", "Pi Favourites", "Favorite"]
    assert [text for text in plain(driver) if text in names] == names
    driver.tap(text="Recently Added")
    assert driver.has(text="12 Track(s)")
    driver.phone.key(4)
    driver.tap(text="Most Played")
    assert driver.has(text="Sorry..No songs to show!")


# --- playing --------------------------------------------------------------------------------------------------------
def at(driver: Driver, share: float) -> str:
    """Tap the seek bar at a share of its width; what the elapsed time says then."""
    left, top, right, bottom = bounds(driver.node(id="seekBar"))
    driver.phone.tap(left + (right - left) * share, (top + bottom) / 2)
    return driver.node(id="elapsed_time").attrib["text"]


def test_the_seek_bar_sets_whole_seconds_rounded_down(driver: Driver) -> None:
    driver.tap(id="front_now_playing_container")
    assert bounds(driver.node(id="seekBar"))[::2] == (180, 1260)
    assert at(driver, 395 / 1080) == "1:27"
    assert at(driver, 399 / 1080) == "1:27"
    assert at(driver, 400 / 1080) == "1:28"
    assert at(driver, 394 / 1080) == "1:26"
    x, y = driver.centre(Selector(id="seekBar"))
    driver.phone.swipe(x, y, x - 144, y, 300)
    assert driver.node(id="elapsed_time").attrib["text"] == "1:27"


def test_a_song_goes_on_with_the_clock_and_the_next_one_follows(driver: Driver) -> None:
    driver.tap(text="Lightship")
    before = data(driver)["player"]["position_ms"]
    driver.phone.advance(10_000)
    assert data(driver)["player"]["position_ms"] == before + 10_000
    driver.phone.advance(190_000)
    assert driver.node(id="songTitle").attrib["text"] == "Lune"
    driver.tap(id="playPauseView")
    stood = data(driver)["player"]["position_ms"]
    driver.phone.advance(60_000)
    assert data(driver)["player"]["position_ms"] == stood


def test_the_last_song_ends_the_playing_unless_repeated(driver: Driver) -> None:
    driver.tap(text="黄金时代")
    driver.phone.advance(300_000)
    assert not data(driver)["player"]["playing"]
    assert data(driver)["player"]["song"] == 1
    driver.tap(id="repeatImage")
    driver.tap(id="previousImage")
    driver.tap(id="playPauseView")
    driver.phone.advance(260_000)
    assert data(driver)["player"]["playing"]


def test_next_previous_and_shuffle(driver: Driver) -> None:
    driver.tap(text="Lightship")
    driver.tap(id="nextImage")
    assert driver.node(id="songTitle").attrib["text"] == "Lune"
    driver.phone.advance(5000)
    driver.tap(id="previousImage")
    assert driver.node(id="songTitle").attrib["text"] == "Lune"
    driver.tap(id="previousImage")
    assert driver.node(id="songTitle").attrib["text"] == "Lightship"
    driver.tap(id="shuffleImage")
    queue = data(driver)["player"]["queue"]
    assert queue[0] == 6
    assert sorted(queue) == list(range(1, 13)) != queue
    driver.tap(id="shuffleImage")
    assert data(driver)["player"]["queue"] == data(driver)["player"]["original"]


def test_music_ends_with_the_process_and_waits_for_it_at_the_start(template: Phone) -> None:
    template.reset("androidlab", TASKS["pimusic_10"].setup)
    player = template.state["apps"]["pimusic"]["player"]
    template.advance(60_000)
    assert (player["playing"], player["position_ms"]) == (True, 4000)
    template.launch("com.Project100Pi.themusicplayer")
    template.advance(1000)
    template.advance(1000)
    assert player["position_ms"] > 4000
    template.force_stop("com.Project100Pi.themusicplayer")
    template.advance(1000)
    assert not player["playing"]


def test_the_queue_can_be_changed(driver: Driver) -> None:
    driver.tap(text="Lightship")
    driver.phone.key(4)
    hold(driver, "PINK BLOOD")
    driver.tap(desc="More options")
    driver.tap(text="Play Next")
    assert data(driver)["player"]["queue"][5:8] == [6, 8, 7]
    driver.tap(id="front_now_playing_container")
    driver.tap(id="swipe_up_hint")
    driver.tap(desc="Remove from list", index=6)
    assert data(driver)["player"]["queue"][5:8] == [6, 7, 9]
    driver.tap(text="K歌之王")
    assert data(driver)["player"]["song"] == 5


# --- playlists ------------------------------------------------------------------------------------------------------
def test_a_playlist_needs_a_name_of_its_own(driver: Driver) -> None:
    driver.tap(desc="PLAYLISTS")
    driver.tap(desc="Create New Playlist")
    driver.tap(text="OK")
    assert toast(driver) == "Playlist name cannot be empty"
    driver.play(TypeStep(type="Favorite"))
    driver.tap(text="OK")
    assert toast(driver) == "Playlist name already exists"
    driver.play(TypeStep(type="Creepy"))
    driver.tap(text="OK")
    assert toast(driver) == "Playlist Creepy Created"
    assert driver.texts()[0] == "Success!"
    driver.tap(text="DON'T SHOW AGAIN")
    assert "Creepy" in plain(driver)
    driver.tap(desc="Create New Playlist")
    driver.play(TypeStep(type="More"))
    driver.tap(text="OK")
    assert "More" in plain(driver)


def test_a_playlist_is_filled_renamed_and_deleted(driver: Driver) -> None:
    driver.tap(desc="PLAYLISTS")
    driver.tap(text="Favorite")
    driver.tap(desc="Add Songs to Playlist")
    driver.tap(text="The Wall")
    driver.tap(text="Lune")
    driver.tap(text="DONE")
    assert data(driver)["playlists"][0]["songs"] == [8, 3, 7, 9]
    driver.tap(id="overflow_menu")
    driver.tap(text="Remove from Playlist")
    assert songs(driver) == ["fearless", "Lune", "The Wall"]
    driver.tap(desc="More options")
    driver.tap(text="Rename")
    driver.play(TypeStep(type="Loved"))
    driver.tap(text="OK")
    assert driver.has(desc="Loved")
    driver.tap(desc="More options")
    driver.tap(text="Delete")
    driver.tap(text="CANCEL")
    assert driver.has(desc="Loved")
    driver.tap(desc="More options")
    driver.tap(text="Delete")
    driver.tap(text="DELETE")
    assert data(driver)["playlists"] == []
    assert driver.has(text="My Music")


def test_marked_songs_go_to_a_new_playlist(driver: Driver) -> None:
    hold(driver, "Lightship")
    assert driver.has(text="1 item(s) selected")
    driver.tap(text="白玫瑰")
    driver.tap(desc="Add to Playlist")
    driver.tap(text="Create New Playlist")
    driver.play(TypeStep(type="Two"))
    driver.tap(text="OK")
    driver.tap(text="NO")
    assert data(driver)["playlists"][1]["songs"] == [6, 11]


def test_the_heart_fills_pi_favourites(driver: Driver) -> None:
    driver.tap(text="fearless")
    driver.tap(id="favourite")
    driver.phone.key(4)
    driver.tap(desc="PLAYLISTS")
    driver.tap(text="Pi Favourites")
    assert songs(driver) == ["fearless"]


# --- wrong turns ----------------------------------------------------------------------------------------------------
def test_search_finds_songs_albums_and_artists_or_says_so(driver: Driver) -> None:
    driver.tap(desc="Search")
    assert driver.node(cls="EditText").attrib["text"] == "Search Music Library..."
    driver.play(TypeStep(type="pink"))
    assert {"TRACKS (1)", "ALBUMS (2)", "ARTISTS (1)"} <= set(plain(driver))
    driver.tap(desc="Clear query")
    driver.play(TypeStep(type="zzz", into=Selector(cls="EditText")))
    assert driver.has(text="No results found.")
    driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(text="My Music")


def test_back_undoes_one_thing_at_a_time(driver: Driver) -> None:
    hold(driver, "Lightship")
    driver.phone.key(4)
    assert driver.has(text="My Music")
    driver.tap(desc="ARTISTS")
    driver.tap(text="Pink Floyd")
    driver.tap(text="The Wall")
    driver.tap(desc="More options")
    driver.phone.key(4)
    assert driver.has(id="seekBar")
    driver.phone.key(4)
    assert driver.has(desc="Pink Floyd")
    driver.phone.key(4)
    assert driver.node(desc="ARTISTS").attrib["selected"] == "true"
    driver.phone.key(4)
    assert driver.phone.foreground()[0] != "com.Project100Pi.themusicplayer"


def test_a_swipe_over_the_list_turns_the_tab(driver: Driver) -> None:
    driver.swipe("left", distance=0.6)
    assert driver.node(desc="PLAYLISTS").attrib["selected"] == "true"
    driver.swipe("right", distance=0.6)
    driver.swipe("right", distance=0.6)
    assert driver.node(desc="TRACKS").attrib["selected"] == "true"


def test_a_deleted_song_is_gone_from_lists_files_and_provider(driver: Driver) -> None:
    driver.tap(id="overflow_menu", index=6)
    driver.tap(text="Delete")
    driver.tap(text="DELETE")
    assert "Lune" not in songs(driver)
    assert data(driver)["playlists"][0]["songs"] == [8, 3]
    assert data(driver)["player"]["song"] == 8
    assert "Lune" not in sh(driver, "ls /sdcard/Music")
    assert "Lune" not in sh(driver, "content query --uri content://media/external/audio/media --projection title")


# --- adb ------------------------------------------------------------------------------------------------------------
def test_adb_sees_songs_playlists_and_what_is_playing(driver: Driver) -> None:
    columns = "title:artist:album:duration"
    rows = sh(driver, f"content query --uri content://media/external/audio/media --projection {columns}").splitlines()
    assert len(rows) == 12
    assert rows[8].endswith("title=The Wall, artist=Pink Floyd, album=Pink Floyd音乐整轨, duration=4863000")
    base = "/data/data/com.Project100Pi.themusicplayer/databases/songinfodatabase"
    assert sh(driver, f'sqlite3 {base} "SELECT _id, playlist_name FROM pi_playlist"') == "1|Favorite\n"
    assert sh(driver, f'sqlite3 {base} "SELECT song_name FROM playlist_song"').split() == [
        "PINK",
        "BLOOD",
        "fearless",
        "Lune",
    ]
    assert "state=2, position=0," in sh(driver, "dumpsys media_session")
    driver.tap(text="Lightship")
    told = sh(driver, "dumpsys media_session")
    assert "state=3," in told
    assert "description=Lightship, Sonny Boy, Sonny Boy" in told
    assert sh(driver, "find /sdcard/Music -name '*.mp3' | wc -l").strip() == "12"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0:00"), (59, "0:59"), (331, "5:31"), (2576, "42:56"), (3600, "1:00:00"), (4863, "1:21:03")],
)
def test_lengths_are_told_as_the_app_does(seconds: int, told: str) -> None:
    assert library.told(seconds) == told


@given(st.integers(0, 400_000))
def test_a_length_is_never_ambiguous(seconds: int) -> None:
    told = library.told(seconds)
    assert re.fullmatch(r"([1-9]\d*:)?\d{1,2}:\d\d", told)
    assert sum(int(part) * 60**at for at, part in enumerate(reversed(told.split(":")))) == seconds
