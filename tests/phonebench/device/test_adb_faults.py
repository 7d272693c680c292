"""Every device call of an episode fails in every way: the machinery's trouble, tried again, never the agent's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from adb_faults import FaultyServer
from phones import SimProcess

from evaluation.judge import make_judge, verdict_of
from phonebench.config import AgentConfig, JudgeConfig, PhoneConfig, RunConfig, SuiteConfig
from phonebench.config.prepare import PrepareConfig
from phonebench.device import make_provider
from phonebench.runner import Silent, execute, make_plan
from phonebench.schema.episode import Outcome
from phonebench.suite import load_suite, select
from phonebench.trace import EpisodeKey, RunReader

TASK = "clock_26"
CALLS = 12
"""Of the episode: reset, end and start the app, observe (2), state, health, tap, observe (2), health, state."""
SAMPLE = [
    ("disconnect", 1), ("disconnect", 8), ("disconnect", 12), ("hang_up", 4), ("stall", 8), ("truncated", 4),
    ("truncated", 10), ("no_dump", 9), ("garbage", 4), ("garbage", 6),
]  # fmt: skip
Play = Callable[[str, int], int]
"""(fault, number of the call) -> tries that were spoilt."""


@pytest.fixture(scope="module")
def small_sim(start_sim: Callable[..., SimProcess]) -> Iterator[SimProcess]:
    sim = start_sim("--size", "540x1200", "--density", "210")
    yield sim
    sim.stop()


@pytest.fixture
def server(small_sim: SimProcess) -> Iterator[FaultyServer]:
    server = FaultyServer(small_sim.adb.port, first="simctl reset")
    yield server
    server.close()


@pytest.fixture
def play(server: FaultyServer, small_sim: SimProcess, tmp_path: Path) -> Play:
    """Plays one episode through the proxy and checks how it ended."""
    phone = PhoneConfig(
        kind="attached",
        adb_server_port=server.port,
        serials=(small_sim.serial,),
        call_timeout_s=1.5,
        settle_timeout_s=2,
        prepare=PrepareConfig(adb_keyboard=False, animations=True, stay_awake=False),
    )
    config = RunConfig(
        suite=SuiteConfig(),
        phone=phone,
        agent=AgentConfig(policy="reference"),
        judge=JudgeConfig(kind="state"),
        logs_dir=str(tmp_path),
    )
    suite = select(load_suite("tasks/androidlab"), [TASK], [])

    def run(fault: str, at: int) -> int:
        plan = make_plan(config, suite, f"{fault or 'none'}-{at}")
        server.arm(fault, at)
        summary = execute(plan, make_provider, Silent(), score=partial(verdict_of, make_judge(config.judge)))
        assert (dict(summary.outcomes), dict(summary.verdicts)) == ({"finished": 1}, {"pass": 1}), server.hit
        episode = RunReader(plan.folder).episode(EpisodeKey(TASK, 1))
        spoilt = [retired.outcome for retired in episode.retries()]
        assert spoilt in ([], [Outcome.INFRA_ERROR])
        return len(spoilt)

    return run


def test_the_episode_has_as_many_calls(play, server):
    assert play("", 0) == 0
    assert server.calls == CALLS, server.commands


@pytest.mark.parametrize(("fault", "at"), SAMPLE)
def test_a_fault_in_one_call(play, server, fault, at):
    spoilt = play(fault, at)
    assert server.hit
    assert spoilt == 1 or fault in ("truncated", "no_dump", "garbage"), server.hit


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("fault", FaultyServer.FAULTS)
def test_every_fault_in_every_call(play, server, fault):
    for at in range(1, CALLS + 1):
        play(fault, at)
        assert server.hit
