"""A scripted MCP client session against the server and a simulated phone: every tool, every refusal."""

from __future__ import annotations

import base64
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession
from mcp.types import ElicitRequestParams, ElicitResult
from mcp_clients import ROOT, HttpServer, complaint, http_server, http_session, stdio_session, told
from PIL import Image
from stub_server import Fault, Reply, StubServer

CLOCK = "com.google.android.deskclock"
READING = {"list_devices", "device_info", "list_apps", "get_screen_state", "get_element_info"}
ACTING = {"tap", "tap_element", "long_press", "swipe", "type_text", "press_key", "launch_app", "wait"}


@pytest.fixture(scope="module")
def server() -> Iterator[HttpServer]:
    """Two simulated phones."""
    with http_server("--count", "2") as running:
        yield running


async def call(session: ClientSession, tool: str, **arguments: Any) -> dict[str, Any]:
    return told(await session.call_tool(tool, arguments))


async def refused(session: ClientSession, tool: str, **arguments: Any) -> str:
    return complaint(await session.call_tool(tool, arguments))


async def test_a_task_over_stdio() -> None:
    """The way a desktop client starts it; an alarm is switched on by tool calls alone."""
    async with stdio_session("--phone", "sim") as session:
        assert (await call(session, "launch_app", app="Clock"))["package"] == CLOCK
        screen = await call(session, "get_screen_state", image=False)
        switch = next(e for e in screen["elements"] if "unchecked" in e["states"])
        done = await call(session, "tap_element", index=switch["index"])
        assert done["screen_changed"] is True
        screen = await call(session, "get_screen_state", image=False)
        assert "checked" in screen["elements"][switch["index"] - 1]["states"]


async def test_tools_are_described(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == READING | ACTING | {"ask_gui_agent"}
        for name, tool in tools.items():
            assert tool.description and tool.title and tool.outputSchema and tool.annotations
            assert tool.annotations.readOnlyHint is (name in READING)
            assert all("description" in p or "title" in p for p in tool.inputSchema["properties"].values())
        assert "data" in (tools["get_screen_state"].description or "")
        documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/mcp.md").read_text(), re.M))
        assert documented == set(tools)


async def test_looking(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        assert (await call(session, "list_devices"))["devices"] == ["sim-1", "sim-2"]
        info = await call(session, "device_info")
        assert (info["simulated"], info["width"], info["height"]) == (True, 1440, 3120)
        assert info["battery_percent"] == 100
        apps = {app["package"]: app["name"] for app in (await call(session, "list_apps"))["apps"]}
        assert apps[CLOCK] == "Clock"
        result = await session.call_tool("get_screen_state", {"max_side": 800, "format": "png"})
        screen = told(result)
        image = next(part for part in result.content if part.type == "image")
        with Image.open(io.BytesIO(base64.b64decode(image.data))) as picture:
            assert (picture.format, max(picture.size)) == ("PNG", 800)
            assert picture.width == round(screen["width"] * screen["image_scale"])
        assert screen["simulated"] is True
        text = "".join(part.text for part in result.content if part.type == "text")
        element = screen["elements"][1]
        assert f"\n2 {element['cls']} " in text  # clients that show their model the text alone
        small = await session.call_tool("get_screen_state", {"quality": 30})
        assert next(part for part in small.content if part.type == "image").mimeType == "image/jpeg"
        bare = await session.call_tool("get_screen_state", {"image": False, "ui_tree": False})
        assert told(bare)["elements"] == [] and [part.type for part in bare.content] == ["text"]


async def test_acting(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        await call(session, "launch_app", app="com.google.android.contacts")
        element = await call(session, "get_element_info", description="Create contact")
        left, top, right, bottom = element["bounds"]
        await call(session, "tap", x=(left + right) // 2, y=(top + bottom) // 2)
        await call(session, "tap_element", text="First name")
        text = "O'Brien $(x) `y`; 你好 🎉"
        await call(session, "type_text", text=text)
        assert (await call(session, "get_element_info", text=text))["text"] == text
        await call(session, "type_text", text="Bo", submit=True)
        await call(session, "press_key", key="back")
        await call(session, "press_key", key="home")
        await call(session, "launch_app", app="Settings")
        assert (await call(session, "swipe", direction="up"))["screen_changed"] is True
        await call(session, "swipe", start_x=700, start_y=900, end_x=700, end_y=2500, duration_ms=300)
        await call(session, "long_press", x=700, y=1500)
        assert (await call(session, "wait", seconds=2))["done"] == "waited 2 s"


async def test_devices_are_apart(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        await call(session, "launch_app", app="Clock", device="sim-2")
        await call(session, "press_key", key="home", device="sim-1")
        assert (await call(session, "device_info", device="sim-2"))["package"] == CLOCK
        assert (await call(session, "device_info", device="sim-1"))["package"] != CLOCK
        assert "there are: sim-1, sim-2" in await refused(session, "tap", x=1, y=1, device="sim-3")


async def test_what_cannot_be_done_is_said(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        await call(session, "launch_app", app="Clock")
        assert "no element fits" in await refused(session, "tap_element", text="No such thing")
        assert "name an element" in await refused(session, "tap_element")
        await call(session, "get_screen_state", image=False)
        assert "lists 1 to" in await refused(session, "tap_element", index=9999)
        await call(session, "launch_app", app="Settings")
        assert "screen has changed" in await refused(session, "tap_element", index=3)
        assert "list_apps" in await refused(session, "launch_app", app="No such app")
        assert "outside the screen of 1440 x 3120" in await refused(session, "tap", x=1440, y=5)
        assert "Extra inputs" in await refused(session, "tap", x=5, y=5, devise="sim-2")
        assert "either a direction" in await refused(session, "swipe", direction="up", start_x=3)
        assert "swipe" in await refused(session, "swipe", direction="sideways")
        assert "x" in await refused(session, "tap", x=-1, y=5)
        assert "max_side" in await refused(session, "get_screen_state", max_side=7)
        assert "no GUI model" in await refused(session, "ask_gui_agent", instruction="anything")


async def test_pixels_of_the_image(server: HttpServer) -> None:
    async with http_session(server.url) as session:
        await call(session, "launch_app", app="Clock")
        assert "no image was sent" in await refused(session, "tap", x=5, y=5, space="image")
        screen = await call(session, "get_screen_state", max_side=400)
        left, top, right, bottom = next(e["bounds"] for e in screen["elements"] if e["text"] == "Timer")
        x, y = ((left + right) / 2 * screen["image_scale"], (top + bottom) / 2 * screen["image_scale"])
        assert (await call(session, "tap", x=int(x), y=int(y), space="image"))["screen_changed"] is True
        assert "of 185 x 400 image pixels" in await refused(session, "tap", x=185, y=5, space="image")


async def test_clients_side_by_side(server: HttpServer) -> None:
    """Calls on a phone wait for each other; numbers and images are those that the client itself was shown."""
    async with http_session(server.url) as one, http_session(server.url) as two:
        await call(one, "launch_app", app="Clock")
        await call(one, "get_screen_state")
        assert "look first" in await refused(two, "tap_element", index=1)
        results: list[dict[str, Any]] = []

        async def looks(session: ClientSession) -> None:
            results.append(await call(session, "get_screen_state", image=False))

        async with anyio.create_task_group() as tasks:
            for session in (one, two, one, two):
                tasks.start_soon(looks, session)
        assert [each["package"] for each in results] == [CLOCK] * 4
        await call(two, "launch_app", app="Settings")
        await call(two, "get_screen_state", image=False)
        await call(one, "launch_app", app="Clock")
        assert "screen has changed" in await refused(two, "tap_element", index=3)


async def test_consent_is_for_the_screen_it_was_given_on(server: HttpServer) -> None:
    async with http_session(server.url) as other:

        async def person(*_: Any) -> ElicitResult:
            await call(other, "press_key", key="home")
            return ElicitResult(action="accept", content={"confirm": True})

        async with http_session(server.url, elicitation_callback=person) as session:
            await expanded_alarm(session)
            assert "while a person was asked" in await refused(session, "tap_element", text="Delete")


HELLO = (
    '{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", '
    '"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}\n'
)


@pytest.mark.parametrize("how", ["sigterm", "sigterm in a session", "ctrl-c in a session", "stdin"])
def test_nothing_is_left_behind(how: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "phonebench.mcp"], env=env, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    assert "SIMULATED" in process.stderr.readline()
    phones = ["pgrep", "-f", "--", f"--parent-pid {process.pid} "]
    assert subprocess.run(phones, capture_output=True).returncode == 0
    if "session" in how:
        process.stdin.write(HELLO)
        process.stdin.flush()
        assert "serverInfo" in process.stdout.readline()
    if how == "stdin":
        process.stdin.close()
    else:
        process.send_signal(signal.SIGTERM if "sigterm" in how else signal.SIGINT)
    assert process.wait(20) == (0 if how == "stdin" else 130)
    assert subprocess.run(phones, capture_output=True).returncode == 1
    assert (process.stdout.read(), process.stderr.read()) == ("", "")
    for pipe in (process.stdin, process.stdout, process.stderr):
        pipe.close()


async def expanded_alarm(session: ClientSession) -> dict[str, Any]:
    """The clock's first alarm, open: it shows Delete."""
    await call(session, "launch_app", app="Clock")
    screen = await call(session, "get_screen_state", image=False)
    tab = next(e for e in reversed(screen["elements"]) if e["text"] == "Alarm")  # not the page's title
    await call(session, "tap_element", index=tab["index"])
    screen = await call(session, "get_screen_state", image=False)
    arrow = next(e for e in screen["elements"] if e["description"] == "Expand alarm")
    await call(session, "tap_element", index=arrow["index"])
    return await call(session, "get_screen_state", image=False)


async def test_a_sensitive_tap_asks_a_person(server: HttpServer) -> None:
    asked: list[str] = []
    answers = iter(["decline", "accept"])

    async def person(_: Any, params: ElicitRequestParams) -> ElicitResult:
        asked.append(params.message)
        action = next(answers)
        return ElicitResult(action=action, content={"confirm": True} if action == "accept" else None)

    async with http_session(server.url, elicitation_callback=person) as session:
        before = await expanded_alarm(session)
        assert "did not confirm" in await refused(session, "tap_element", text="Delete")
        assert (await call(session, "get_screen_state", image=False))["elements"] == before["elements"]
        assert (await call(session, "tap_element", text="Delete"))["screen_changed"] is True
    assert len(asked) == 2 and "Delete" in asked[0]
    async with http_session(server.url) as session:  # a client that cannot ask
        before = await expanded_alarm(session)
        assert "--confirm allow" in await refused(session, "tap_element", text="Delete")
        assert (await call(session, "get_screen_state", image=False))["elements"] == before["elements"]


async def test_a_phone_that_went_away_comes_back() -> None:
    with http_server() as running:
        async with http_session(running.url) as session:
            await call(session, "device_info")
            phones = subprocess.run(
                ["pgrep", "-P", str(running.process.pid), "-f", "simphone"], capture_output=True, text=True
            )
            for pid in phones.stdout.split():
                os.kill(int(pid), signal.SIGKILL)
            said = await refused(session, "tap", x=5, y=5)
            assert "DeviceLost" in said and "next call" in said
            assert (await call(session, "get_screen_state", image=False))["elements"]


async def test_keys_and_read_only() -> None:
    with http_server("--read_only", key="top secret") as running:
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            assert httpx.post(running.url, json={}, headers=headers, timeout=10).status_code == 401
        evil = {"Authorization": "Bearer top secret", "Host": "evil.example"}
        assert httpx.post(running.url, json={}, headers=evil, timeout=10).status_code in (403, 421)
        async with http_session(running.url, "top secret") as session:
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            assert set(tools) == READING | {"ask_gui_agent"}
            assert all(tool.annotations and tool.annotations.readOnlyHint for tool in tools.values())
            assert "read-only" in await refused(session, "ask_gui_agent", instruction="x", execute=True)
        running.process.terminate()
        assert running.process.stderr is not None
        assert running.process.wait(20) == 130
        assert "top secret" not in running.process.stderr.read()


async def test_a_gui_model_proposes_and_acts(tmp_path: Path) -> None:
    reply = '<think>The clock is near.</think><answer>do(action="Launch", app="Clock")</answer>'
    with StubServer([Reply(reply), Reply("no action here"), Reply(reply)]) as model:
        config = tmp_path / "c.yaml"
        config.write_text(
            f"models: {{cloud: {{base_url: '{model.base_url}', name: stub-model}}}}\n"
            "agent: {policy: single, model: cloud, dialect: autoglm}\n"
        )
        with http_server("-c", str(config)) as running:
            async with http_session(running.url) as session:
                proposal = await call(session, "ask_gui_agent", instruction="Open the clock.")
                assert proposal["thought"] == "The clock is near."
                assert proposal["action"] == {"type": "launch", "app": "Clock"}
                assert (proposal["executed"], proposal["model"], proposal["prompt_tokens"]) == (
                    False,
                    "stub-model",
                    100,
                )
                assert (await call(session, "device_info"))["package"] != CLOCK
                assert "BadAction" in await refused(session, "ask_gui_agent", instruction="Open the clock.")
                done = await call(session, "ask_gui_agent", instruction="Open the clock.", execute=True)
                assert (done["executed"], done["screen_changed"]) == (True, True)
                assert (await call(session, "device_info"))["package"] == CLOCK
        assert "Open the clock." in str(model.requests[0]["messages"])


async def test_a_gui_model_is_followed_up(tmp_path: Path) -> None:
    """With native tool calls; the model is shown what it said, and told what happened."""
    plan = [
        Reply("The clock.", tool_calls=(("open_app", '{"app": "Clock"}'),)),
        Reply("There it is.", tool_calls=(("finish", '{"answer": "done"}'),)),
        Fault("drop"),
    ]
    with StubServer(lambda _: plan.pop(0) if len(plan) > 1 else plan[0]) as model:
        config = tmp_path / "c.yaml"
        config.write_text(
            f"models: {{cloud: {{base_url: '{model.base_url}', name: stub-model, retries: 0}}}}\n"
            "agent: {policy: single, model: cloud, dialect: tools}\n"
        )
        with http_server("-c", str(config)) as running:
            async with http_session(running.url) as session:
                assert "nothing" in await refused(session, "ask_gui_agent", follow_up=True)
                assert "give an instruction" in await refused(session, "ask_gui_agent")
                first = await call(session, "ask_gui_agent", instruction="Open the clock.", execute=True)
                assert (first["action"]["type"], first["executed"]) == ("launch", True)
                second = await call(session, "ask_gui_agent", instruction="The person nods.", follow_up=True)
                assert (second["action"]["type"], second["executed"]) == ("finish", False)
                later = str(model.requests[1]["messages"])
                assert all(text in later for text in ("Open the clock.", "open_app", "The person nods."))
                assert "ModelUnavailable" in await refused(session, "ask_gui_agent", follow_up=True)
                assert "nothing" in await refused(session, "ask_gui_agent", follow_up=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--http", "0.0.0.0:0"], "no key for 0.0.0.0:0"),
        (["--http", "nonsense"], "is no HOST:PORT"),
        (["-c", "missing.yaml"], "cannot read the file"),
        (["--world", "nowhere"], "nowhere"),
    ],
)
def test_wrong_options(options: list[str], said: str) -> None:
    env = {k: v for k, v in os.environ.items() if k != "PHONEBENCH_MCP_KEY"}
    done = subprocess.run(
        [sys.executable, "-m", "phonebench.mcp", *options],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in (2, 3) and said in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""
