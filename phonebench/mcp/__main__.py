"""python -m phonebench.mcp: the MCP server's command line."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

from phonebench.config import RunConfig, load_config
from phonebench.schema.errors import BenchError, ConfigError, MissingTool, UserError

KEY_ENV: Final = "PHONEBENCH_MCP_KEY"
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
SENSITIVE_WORDS: Final = (
    "pay", "buy", "purchase", "order", "checkout", "subscribe", "transfer", "donate", "send", "delete", "erase",
    "uninstall", "reset", "factory", "password", "支付", "付款", "购买", "转账", "删除", "发送", "卸载", "密码",
)  # fmt: skip
"""A tap on what bears one of these words is asked for first, unless the config has a list of its own."""
_EXAMPLES: Final = """\
examples
  python -m phonebench.mcp                                     a simulated phone, over stdio
  python -m phonebench.mcp --phone attached                    every phone that adb sees
  python -m phonebench.mcp -c configs/cloud_9b.yaml            its phones, and its model for ask_gui_agent
  PHONEBENCH_MCP_KEY=... python -m phonebench.mcp --http 127.0.0.1:8765
client settings: docs/mcp.md
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server; returns the exit code: 0 ended, 2 something to mend, 3 no phone, 130 interrupted."""
    args = _parse(argv)
    # As Ctrl-C does it: phones are given back, and those of our own stopped.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        _need_package()
        config = _config(args)
        key = _key(args)
        return _serve(args, config, key)
    except UserError as problem:
        print(problem, file=sys.stderr)
        return 2
    except BenchError as problem:
        print(problem, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parse = argparse.ArgumentParser(
        prog="python -m phonebench.mcp",
        description="Serve phones to clients of the Model Context Protocol.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    which = parse.add_argument_group("which phones")
    which.add_argument("-c", "--config", metavar="FILE", help="a run config: its phones, safety rules and model")
    which.add_argument("--phone", choices=("sim", "attached", "avd"), help="kind of phone (sim, or the config's)")
    which.add_argument("--world", metavar="NAME", help="of the simulated phone: androidlab, openphone")
    which.add_argument("--serial", metavar="S", nargs="+", default=[], help="attached phones by serial or HOST:PORT")
    which.add_argument("--count", metavar="N", type=int, help="simulated phones or emulators")
    how = parse.add_argument_group("how")
    how.add_argument(
        "--http", metavar="HOST:PORT", help="streamable HTTP at /mcp instead of stdio; port 0: any free one"
    )
    how.add_argument(
        "--key_env", metavar="NAME", default=KEY_ENV, help="variable that holds the bearer key (%(default)s)"
    )
    how.add_argument("--read_only", action="store_true", help="no tool that acts")
    how.add_argument("--confirm", choices=("ask", "allow", "deny"), help="sensitive actions (ask, or the config's)")
    return parse.parse_args(argv)


def _need_package() -> None:
    if importlib.util.find_spec("mcp") is None:
        raise MissingTool.of_extra("mcp", "the MCP server")


def _config(args: argparse.Namespace) -> RunConfig:
    """The config with the options laid over it; without a file, a simulated phone and sensitive actions asked for."""
    given = {
        "phone.kind": args.phone or ("attached" if args.serial else None),
        "phone.world": args.world,
        "phone.count": args.count,
        "phone.serials": json.dumps(args.serial) if args.serial else None,
        "safety.confirm": args.confirm or (None if args.config else "ask"),
    }
    config = load_config(args.config, [f"{key}={value}" for key, value in given.items() if value is not None]).config
    if config.safety.sensitive_words:
        return config
    return config.model_copy(update={"safety": config.safety.model_copy(update={"sensitive_words": SENSITIVE_WORDS})})


def _key(args: argparse.Namespace) -> str:
    """The bearer key; raises ConfigError when there is none and others than this machine could connect."""
    key = os.environ.get(args.key_env, "").strip()
    if args.http and not key and _address(args.http)[0] not in LOOPBACK:
        raise ConfigError(
            f"no key for {args.http}",
            where="--http",
            why="anybody who reaches this port could drive your phone",
            next_step=f"export {args.key_env}=...    or listen on 127.0.0.1",
        )
    return key


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65_535:
        raise ConfigError(f"'{text}' is no HOST:PORT", where="--http", next_step="e.g. --http 127.0.0.1:8765")
    return host.strip("[]") or "127.0.0.1", int(port)


def _serve(args: argparse.Namespace, config: RunConfig, key: str) -> int:
    import anyio

    from phonebench.agent import check_agent, models_used
    from phonebench.device import make_provider
    from phonebench.mcp.desk import Desk
    from phonebench.mcp.gui_agent import ark_config
    from phonebench.mcp.server import listen, make_server, serve_http
    from phonebench.mcp.stdin import ended_by_signals

    if not models_used(config):
        config = ark_config(config) or config
    check_agent(config)
    with Desk(make_provider(config.phone)).open() as desk:
        kind = "SIMULATED " if config.phone.kind == "sim" else ""
        if not args.http:
            print(f"phonebench MCP server on stdio, {kind}{', '.join(desk.names)}", file=sys.stderr)
            with ended_by_signals() as stop:
                anyio.run(make_server(desk, config, read_only=args.read_only).run_stdio_async)
                return 130 if stop.told else 0
        host, port = _address(args.http)
        try:
            listener = listen(host, port)
        except OSError as problem:
            raise ConfigError(f"cannot listen on {args.http}", where="--http", why=str(problem)) from problem
        server = make_server(desk, config, read_only=args.read_only, host=host)
        place = f"http://{host}:{listener.getsockname()[1]}/mcp"
        print(f"phonebench MCP server at {place}, {kind}{', '.join(desk.names)}", file=sys.stderr, flush=True)
        anyio.run(serve_http, server, listener, key)
    return 0


if __name__ == "__main__":
    sys.exit(main())
