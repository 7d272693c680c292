#!/usr/bin/env bash
# Stops what start_all.sh started, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
exec "$python" -m vllm_script.stack stop "$@"
