#!/usr/bin/env bash
# Starts vLLM for each preset (default: openphone-3b autoglm-phone-9b) and the gateway; frees nothing by force.
#     vllm_script/start_all.sh openphone-3b --set model=/models/OpenPhone-3B
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
exec "$python" -m vllm_script.stack start "$@"
