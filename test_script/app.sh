#!/usr/bin/env bash
# All tasks of one app in one process: test_script/app.sh APP [CONFIG] [options of eval.py]
#     test_script/app.sh clock configs/cloud_9b.yaml --judge
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: test_script/app.sh APP [CONFIG] [options of eval.py]" >&2; exit 2; }
cd "$(dirname "$0")/.."
python=.venv/bin/python; [ -x "$python" ] || python=python3
app=$1; shift
config=configs/quickstart.yaml; case "${1:-}" in *.yaml|*.yml) config=$1; shift;; esac
name=$(basename "${config%.*}")
exec "$python" eval.py -n "$name-$app" -c "$config" --app "$app" "$@"
