#!/usr/bin/env bash
# All tasks of a config in one process, then the spreadsheet. The same command resumes. Options go to eval.py:
#     test_script/all.sh configs/device_3b.yaml -n try1 -p 4
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
config=${1:-configs/quickstart.yaml}; [ $# -eq 0 ] || shift
status=0
"$python" eval.py -c "$config" "$@" || status=$?
[ "$status" -le 1 ] || exit "$status"
exec "$python" generate_result.py
