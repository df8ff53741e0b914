#!/usr/bin/env bash
# Every shell script of the project passes shellcheck.
set -euo pipefail
source_dir=${GK_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$source_dir"
mapfile -t scripts < <(grep -rlIE '^#!.*\b(ba)?sh$|^# shellcheck shell=' deploy tests .ci | sort)
((${#scripts[@]} >= 8)) || { echo "only ${#scripts[@]} scripts found: the search is wrong"; exit 1; }
shellcheck -x -S warning "${scripts[@]}"
! printf 'cd /nowhere\nx=1\n' | shellcheck -s bash -S warning - >/dev/null || { echo "shellcheck finds nothing at all"; exit 1; }
echo "scripts: ${#scripts[@]} pass shellcheck"
