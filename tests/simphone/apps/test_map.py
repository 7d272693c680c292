"""MAPS.ME: search, routes, labelled places, wrong turns, and the structure of the pages that a checker reads."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from driver import Driver, begin, bounds, load_tasks
from hypothesis import given
from hypothesis import strategies as st
from sparse import Node, seen

from simphone.apps.map import atlas, routing
from simphone.apps.map.camera import LEAST_ZOOM, MOST_ZOOM, Sight, around, looking_at, panned
from simphone.apps.map.geo import distance_text, duration_text
from simphone.apps.map.ground import draw
from simphone.apps.map.routing import MODES, end_of, my_location, trip
from simphone.core.app import Intent
from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

TASKS = {task.id: task for task in load_tasks("map")}
HERE = atlas.spot()


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


@pytest.fixture
def driver(phone: Phone) -> Driver:
    return begin(phone, TASKS["map_11"])


def found(query: str) -> list[str]:
    return [each.name for each in atlas.search(query, HERE)]


def search(driver: Driver, query: str) -> None:
    driver.tap(text="Search")
    driver.phone.type_text(query)


def titles(driver: Driver) -> list[str]:
    nodes = driver.tree().iter("node")
    return [node.attrib["text"] for node in nodes if node.attrib["resource-id"].endswith("/title")]


# --- search ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Stanford University", "Stanford University"),
        ("stanford campus oval", "Stanford Campus Oval"),
        ("bus stop of Stanford Campus Oval", "Stanford Campus Oval"),
        ("Oxford Street & University Avenue", "Oxford Street & University Avenue"),
        ("bus stop of 2700 Coast Avenue", "2700 Coast Avenue"),
        ("Bus Stop Route 51", "Route 51"),
        ("university south", "University South"),
        ("University of California, Berkeley", "University of California, Berkeley"),
        ("UC Berkeley", "University of California, Berkeley"),
        ("berkeley", "Berkeley"),
        ("openai", "OpenAI"),
        ("Teleferic", "Teléferic Barcelona"),
        ("Clement", "The Clement Hotel - All Inclusive"),
        ("restaurants near me", "Teléferic Barcelona"),
        ("where to eat", "Teléferic Barcelona"),
        ("nearest hotel", "The Clement Hotel - All Inclusive"),
        ("IKEA", "IKEA"),
    ],
)
def test_first_hit(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_the_nearer_one_of_two_of_a_name_comes_first() -> None:
    near, far = atlas.search("ikea", HERE)
    assert (near.id, far.id) == ("ikea_palo_alto", "ikea_emeryville")


@given(st.sampled_from(atlas.places()), st.booleans())
def test_a_place_is_found_by_its_name_and_by_its_beginning(place: atlas.Place, shout: bool) -> None:
    name = place.name.upper() if shout else place.name
    assert atlas.search(name, HERE)[0].name == place.name
    assert place in atlas.search(name[: max(4, len(name) * 2 // 3)], HERE)


@given(st.text(max_size=40))
def test_any_query_finds_no_place_twice(query: str) -> None:
    hits = atlas.search(query, HERE)
    assert len(hits) == len({each.id for each in hits})


def test_results_are_rows_of_their_own_and_nothing_found_says_so(driver: Driver) -> None:
    search(driver, "ikea")
    rows = [
        node
        for node in driver.tree().iter("node")
        if node.attrib["class"] == "android.view.ViewGroup" and node.attrib["clickable"] == "true"
    ]
    assert [[child.attrib["text"] for child in row if child.attrib["text"]] for row in rows] == [
        ["IKEA", "Furniture store", "East Bayshore Road, 1700 • 2.9 km"],
        ["IKEA", "Furniture store", "Shellmound Street, 4400 • 45.3 km"],
    ]
    driver.tap(desc="Clear")
    driver.phone.type_text("wxyz")
    assert driver.has(text="No results found")
    driver.phone.key(66)
    assert driver.has(text="No results found") and not driver.phone.state["keyboard"]["shown"]


def test_back_hides_the_keyboard_then_leaves_the_search(driver: Driver) -> None:
    driver.tap(text="Search")
    field = driver.node(id="query")
    assert (field.attrib["text"], field.attrib["focused"]) == ("Search", "true")
    driver.phone.key(4)
    assert driver.has(id="query")
    driver.phone.key(4)
    assert driver.has(desc="Zoom in") and not driver.has(id="query")


def test_a_category_is_searched_for_with_one_tap(driver: Driver) -> None:
    driver.tap(text="Search")
    driver.tap(text="Hotels")
    assert driver.node(id="query").attrib["text"] == "Hotels"
    assert titles(driver)[0] == "The Clement Hotel - All Inclusive"


def test_picked_places_are_kept_and_can_be_forgotten(driver: Driver) -> None:
    search(driver, "openai")
    driver.tap(id="title")
    driver.phone.key(4)
    driver.tap(desc="Clear")
    driver.phone.key(4)
    driver.phone.swipe(700, 2600, 700, 600)
    assert driver.has(text="History") and driver.has(text="OpenAI")
    driver.tap(text="Clear search history")
    assert driver.phone.state["apps"]["map"]["history"] == []
    assert not driver.has(text="History")


# --- Home and Work ----------------------------------------------------------------------------------------------------
def names(nodes: list[Node]) -> list[str]:
    return [node.text or node.desc for node in nodes]


def test_work_is_shown_where_a_checker_looks_for_it(driver: Driver) -> None:
    driver.run(TASKS["map_11"].solution)
    page = seen(driver)
    assert names(page)[:2] == ["Navigate up", "Search"]
    listing = next(node for node in page if node.name == "recycler")
    assert names(listing.children)[0] == "My places"
    home, work = listing.children[1:3]
    assert names(home.children)[-2:] == ["Home", "Add address"]
    assert names(work.children)[-3:] == ["Work", "18th Street, 3180 • 50.6 km", "More options"]
    assert (home.text, home.desc, work.text, work.desc) == ("", "", "", "")
    assert "Where to eat" in names(listing.children)
    assert not any(name.startswith("Work ") for name in driver.texts())


def test_a_probe_sees_the_work_place(driver: Driver) -> None:
    (probe,) = TASKS["map_11"].probes
    assert probe.expect is not None

    def told() -> bool:
        out = run_sync(driver.phone, probe.shell, b"")[1].decode()
        return re.search(probe.expect or "", out, re.MULTILINE) is not None

    assert not told()
    driver.run(TASKS["map_11"].solution)
    assert told()


def test_leaving_the_choice_of_work_stores_nothing(driver: Driver) -> None:
    driver.tap(text="Search")
    driver.tap(text="Work")
    assert driver.node(id="query").attrib["text"] == "Search" and not driver.has(text="My places")
    driver.tap(desc="Navigate up")
    assert driver.has(text="My places") and driver.phone.state["apps"]["map"]["labels"] == {}


def test_work_can_be_changed_deleted_and_brought_back(driver: Driver) -> None:
    driver.run(TASKS["map_11"].solution)
    driver.tap(desc="More options")
    driver.tap(text="Edit")
    driver.phone.type_text("opal")
    driver.tap(id="title")
    labels = driver.phone.state["apps"]["map"]["labels"]
    assert labels["work"]["name"] == "Opal Cafe"
    driver.tap(desc="More options")
    driver.tap(text="Delete")
    assert labels == {}
    driver.tap(text="Undo")
    assert labels["work"]["name"] == "Opal Cafe"
    driver.tap(text="Work")
    assert driver.node(id="tv__title").attrib["text"] == "Opal Cafe"


# --- routes -----------------------------------------------------------------------------------------------------------
def texts(trip_: routing.Trip | None) -> tuple[str, str] | None:
    if trip_ is None:
        return None
    length = "" if trip_.meters is None else distance_text(trip_.meters, whole_from=10)
    return duration_text(trip_.minutes), length


@pytest.mark.parametrize(
    ("start", "to", "expected"),
    [
        (
            "stanford_oval",
            "oxford_university",
            [("50 min", "64 km"), ("12 hr 58 min", "73 km"), ("2 hr 14 min", ""), ("4 hr 7 min", "70 km")],
        ),
        (
            "coast_2700",
            "route_51",
            [("8 min", "7.0 km"), ("1 hr 13 min", "6.8 km"), ("21 min", ""), ("26 min", "7.3 km")],
        ),
        ("my_location", "teleferic", [("2 min", "500 m"), ("3 min", "260 m"), None, ("1 min", "300 m")]),
        (
            "my_location",
            "ikea_palo_alto",
            [("9 min", "5.1 km"), ("52 min", "4.9 km"), ("27 min", ""), ("18 min", "5.0 km")],
        ),
    ],
)
def test_noted_routes_hold_both_ways(start: str, to: str, expected: list[tuple[str, str] | None]) -> None:
    for a, b in ((start, to), (to, start)):
        assert [texts(trip(end_of(a), end_of(b), mode, HERE)) for mode in MODES] == expected


@given(st.sampled_from(atlas.places()), st.sampled_from(atlas.places()))
def test_every_two_places_are_joined_unless_they_are_one(a: atlas.Place, b: atlas.Place) -> None:
    for mode in MODES:
        found_trip = trip(end_of(a.id), end_of(b.id), mode, HERE)
        assert found_trip is None if a.id == b.id else found_trip is None or found_trip.minutes > 0
    line = routing.line(a.point, b.point)
    assert len(line) >= 3 and line[0] == atlas.metric().flat(a.point) and line[-1] == atlas.metric().flat(b.point)


def test_the_planning_page_is_built_as_checkers_expect(driver: Driver) -> None:
    driver.run(TASKS["map_14"].solution)
    page = seen(driver)
    assert names(page)[:8] == [
        "Navigate up",
        "My location",
        "OpenAI",
        "Swap",
        "Car",
        "Walk",
        "Public transport",
        "Bicycle",
    ]
    assert names(page[8].children) == ["48 min", "57 km", "Start"]
    radios = [node for node in driver.tree().iter("node") if node.attrib["class"].endswith("RadioButton")]
    assert [node.attrib["checked"] for node in radios] == ["true", "false", "false", "false"]


def test_public_transport_tells_lines_and_cannot_be_started(driver: Driver) -> None:
    driver.run(TASKS["map_4"].solution)
    assert driver.texts()[-5:] == ["21 min", "5 min", "Subway 824", "Subway EB", "3 min"]
    assert not driver.has(text="Start")


def test_route_from_the_map_begins_here_and_waits_for_a_destination(driver: Driver) -> None:
    driver.tap(text="Route")
    assert driver.node(id="from").attrib["text"] == "My location"
    assert driver.node(id="to").attrib["text"] == "Choose destination"
    assert not driver.has(text="Start")
    driver.tap(desc="Swap")
    assert driver.node(id="from").attrib["text"] == "Choose starting point"


def test_the_ends_can_be_the_same_place_without_a_route(driver: Driver) -> None:
    driver.tap(text="Route")
    driver.tap(id="to")
    driver.tap(text="My location")
    assert driver.has(text="No route found")
    assert driver.phone.state["ui"]["map"]["route"]["built"] is False


def test_an_unset_home_can_be_set_on_the_way_to_a_route(driver: Driver) -> None:
    driver.tap(text="Route")
    driver.tap(id="to")
    driver.tap(text="Home")
    driver.phone.type_text("hoover")
    driver.tap(id="title")
    assert driver.node(id="address").attrib["text"] == "Jane Stanford Way, 550 • 1.4 km"
    driver.tap(text="Home")
    assert driver.node(id="to").attrib["text"] == "Hoover Tower"


def test_navigation_starts_here_only(driver: Driver) -> None:
    driver.run(TASKS["map_2"].solution)
    driver.tap(text="Start")
    assert driver.has(text="Do you want to plan the route from where you are now?")
    driver.tap(text="OK")
    assert driver.node(id="from").attrib["text"] == "My location"
    driver.tap(text="Start")
    assert driver.has(text="Route 51") and driver.has(text="Stop")
    route = driver.phone.state["ui"]["map"]["route"]
    assert route["built"] and route["navigating"]


def test_back_ends_navigation_and_stop_ends_the_route(driver: Driver) -> None:
    driver.run([*TASKS["map_12"].solution])
    driver.tap(text="Start")
    assert driver.has(text="6 min • 3.2 km")
    driver.phone.key(4)
    assert driver.has(text="Start") and not driver.phone.state["ui"]["map"]["route"]["navigating"]
    driver.tap(text="Start")
    driver.tap(text="Stop")
    assert driver.has(desc="Zoom in") and driver.phone.state["ui"]["map"]["route"] is None


# --- the map ----------------------------------------------------------------------------------------------------------
def test_the_locate_button_is_not_called_my_location(driver: Driver) -> None:
    assert driver.has(desc="My position") and "My location" not in driver.texts()
    surface = driver.node(id="map_surfaceview")
    assert (surface.attrib["content-desc"], surface.attrib["class"]) == ("Map", "android.view.View")


def test_the_map_follows_finger_and_buttons(driver: Driver) -> None:
    start = dict(driver.phone.state["ui"]["map"]["camera"])
    driver.phone.swipe(1000, 1200, 600, 1200)
    moved = driver.phone.state["ui"]["map"]["camera"]
    assert moved["lon"] > start["lon"] and moved["lat"] == pytest.approx(start["lat"])
    driver.tap(desc="Zoom in")
    assert driver.phone.state["ui"]["map"]["camera"]["zoom"] == start["zoom"] + 1
    driver.tap(desc="My position")
    assert driver.phone.state["ui"]["map"]["camera"] == {**start, "zoom": start["zoom"] + 1}


def test_a_place_on_the_map_opens_and_a_tap_beside_closes_it(driver: Driver) -> None:
    sight = Sight(driver.phone.state["ui"]["map"]["camera"], 1440 / 3.5, 0.0)
    left, top, _, bottom = bounds(driver.node(id="map_surfaceview"))
    sight = sight._replace(height=(bottom - top) / 3.5)
    x, y = sight.at(atlas.place("teleferic").point)
    driver.phone.tap(left + x * 3.5, top + y * 3.5)
    assert driver.node(id="tv__title").attrib["text"] == "Teléferic Barcelona"
    assert driver.node(id="tv__address").attrib["text"] == "El Camino Real, 855 • 260 m"
    driver.phone.tap(1300, 400)
    assert not driver.has(id="tv__title")


def test_a_long_press_drops_a_pin_that_can_be_a_destination(driver: Driver) -> None:
    driver.phone.swipe(900, 900, 900, 900, 1000)
    assert driver.node(id="tv__title").attrib["text"] == "Dropped pin"
    driver.tap(text="Route to")
    assert driver.node(id="to").attrib["text"] == "Dropped pin" and driver.has(text="Start")


def test_bookmarks_come_and_go(driver: Driver) -> None:
    driver.tap(text="Bookmarks")
    assert driver.has(text="No bookmarks yet")
    driver.phone.key(4)
    search(driver, "sakura")
    driver.tap(id="title")
    driver.tap(text="Save")
    driver.phone.key(4)
    driver.tap(desc="Navigate up")
    driver.tap(text="Bookmarks")
    assert driver.has(text="My Places (1)")
    driver.tap(desc="More options")
    driver.tap(text="Delete")
    assert driver.has(text="No bookmarks yet")
    driver.tap(text="Undo")
    assert [each["name"] for each in driver.phone.state["apps"]["map"]["bookmarks"]] == ["Sakura Noodle House"]


def test_the_sheet_opens_and_closes_with_the_finger(driver: Driver) -> None:
    search(driver, "teleferic")
    driver.tap(id="title")
    driver.phone.swipe(700, 2600, 700, 1800)
    assert driver.has(text="11:30 AM – 10:00 PM") and driver.has(text="+1 650 555 0155")
    driver.phone.swipe(700, 2700, 700, 2950)
    assert not driver.has(text="+1 650 555 0155") and driver.has(id="tv__title")
    driver.phone.swipe(700, 2600, 700, 2900)
    assert driver.has(id="query")


def test_miles_and_night(driver: Driver) -> None:
    driver.tap(text="Menu")
    driver.tap(text="Settings")
    driver.tap(text="Measurement units")
    driver.tap(text="Miles")
    driver.tap(text="Night mode")
    driver.tap(text="On")
    driver.tap(desc="Navigate up")
    search(driver, "openai")
    assert driver.node(id="address").attrib["text"] == "18th Street, 3180 • 31.4 mi"


def test_elsewhere_distances_are_measured_anew(driver: Driver) -> None:
    driver.phone.state["location"].update(lat=37.7622, lon=-122.4146)
    search(driver, "opal")
    assert driver.node(id="address").attrib["text"] == "18th Street, 2900 • 360 m"
    assert trip(my_location(), end_of("openai"), "car", HERE) != trip(
        my_location(), end_of("openai"), "car", atlas.place("berkeley").point
    )


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("geo:37.4275,-122.1697", "37.42750, -122.16970 • 1.7 km"),
        ("geo:0,0?q=hotel", "The Clement Hotel - All Inclusive"),
        ("geo:99999,nowhere", "Bookmarks"),
    ],
)
def test_other_apps_can_ask_for_a_point_or_a_search(driver: Driver, data: str, shown: str) -> None:
    driver.phone.start(Intent(action="android.intent.action.VIEW", data=data))
    assert driver.has(text=shown)


# --- camera and picture -----------------------------------------------------------------------------------------------
@given(st.floats(-89, 89), st.floats(-179, 179), st.integers(0, 30), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_the_camera_stays_on_the_map(lat: float, lon: float, zoom: int, dx: float, dy: float) -> None:
    sight = Sight(looking_at(routing.Point(lat, lon), zoom), 411.0, 816.0)
    camera = panned(sight, dx, dy)
    assert LEAST_ZOOM <= camera["zoom"] <= MOST_ZOOM
    assert 36.8 <= camera["lat"] <= 38.2 and -122.9 <= camera["lon"] <= -121.7


def test_both_ends_of_a_route_are_in_sight() -> None:
    sight = Sight(looking_at(HERE, 16), 411.0, 816.0)
    for ident in ("teleferic", "openai", "uc_berkeley"):
        point = atlas.place(ident).point
        framed = Sight(around((HERE, point), sight, 172, 96), 411.0, 816.0)
        for x, y in (framed.at(HERE), framed.at(point)):
            assert 0 < x < 411 and 172 < y < 720


@pytest.mark.parametrize("zoom", [LEAST_ZOOM, 12, 14, 16, MOST_ZOOM])
def test_the_picture_follows_from_its_arguments(zoom: int) -> None:
    args = (37.44, -122.155, zoom, zoom % 4 == 0, 200, "37.438,-122.156,37.4287,-122.1682")
    first, second = draw(args, 300, 420), draw(args, 300, 420)
    assert first.size == (300, 420) and first.mode == "RGB"
    assert first.tobytes() == second.tobytes()


def test_every_page_is_xml(driver: Driver) -> None:
    for page in ("settings", "maps", "about", "bookmarks"):
        driver.phone.state["ui"]["map"]["stack"].append({"name": page, "id": 90, "args": {}})
        assert ET.fromstring(driver.phone.xml()).tag == "hierarchy"
