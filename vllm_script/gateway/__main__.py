"""python -m vllm_script.gateway -c vllm_script/gateway.yaml"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

import uvicorn

from vllm_script.gateway.app import create_app
from vllm_script.gateway.keys import load_keys
from vllm_script.gateway.memory import keep_freed_memory
from vllm_script.gateway.settings import GatewaySettings, SettingsError, load_settings
from vllm_script.tunnel import TunnelError, open_tunnel

DEFAULT = Path(__file__).parents[1] / "gateway.yaml"


def main(argv: list[str] | None = None) -> int:
    """Runs the gateway until it is stopped. Exit code 2 for settings that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m vllm_script.gateway", description="One address for all models.")
    parser.add_argument("-c", "--config", type=Path, default=DEFAULT, help="default: vllm_script/gateway.yaml")
    parser.add_argument("--host", help="address to listen on, instead of the settings'")
    parser.add_argument("--port", type=int, help="port to listen on, instead of the settings'")
    parser.add_argument("--tunnel", action="store_true", help="also open a public ngrok address (extra: tunnel)")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stdout)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = load_settings(args.config)
        changes = {name: value for name in ("host", "port") if (value := getattr(args, name)) is not None}
        settings = GatewaySettings.model_validate({**settings.model_dump(), **changes})
        keys = load_keys(settings.keys)
        app = create_app(settings, keys)
        if args.tunnel:
            print(open_tunnel(settings.port, keys.names, settings.chat_model))
    except (SettingsError, TunnelError) as error:
        print(error, file=sys.stderr)
        return 2
    keep_freed_memory()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
