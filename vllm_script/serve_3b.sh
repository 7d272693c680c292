#!/usr/bin/env bash
# Serves openphone-3b in the foreground. Options as serve.py has them, for example: --set model=/path/to/the/weights
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
exec "$python" vllm_script/serve.py openphone-3b "$@"
