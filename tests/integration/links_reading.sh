#!/usr/bin/env bash
# Reading: every `file:function` of docs/reading.md is there, and so is every file that the readmes name.
# shellcheck disable=SC2016         # backquotes here are Markdown's
set -euo pipefail
source_dir=${GK_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$source_dir"

# Print what a page names and the tree does not have.  A function must be defined, not only called.
absent() {
    local file name
    while IFS=: read -r file name; do
        if [[ ! -f $file ]]; then
            echo "$file is not there"
        elif ! grep -Eq "^[a-zA-Z_].*\b$name\(|^$name\(\)|^def $name\(" "$file"; then
            echo "$file has no function $name"
        fi
    done < <(grep -ohE '`[a-zA-Z0-9_./-]+\.(c|h|py|sh)?:[a-z_0-9]+`|`deploy/[a-z/]+:[a-z_]+`' "$@" | tr -d '`' | sort -u)
    while read -r file; do
        [[ -e $file ]] || echo "$file is not there"
    done < <(grep -ohE '`\.?/?(schemas|common|broker|workers|clients|deploy|docs|tests)/[a-zA-Z0-9_./-]+`' "$@" |
             tr -d '`' | sed 's|^\./||' | sort -u)
}

found=$(absent README.md README.zh-CN.md docs/reading.md docs/operations.md)
[[ -z $found ]] || { echo "a page names what is not there:"; echo "$found"; exit 1; }
rows=$(grep -cE '^\| .*`[a-z/_-]+\.c:[a-z_0-9]+`' docs/reading.md) || true
((rows >= 20)) || { echo "docs/reading.md has only $rows steps: the straight way is longer"; exit 1; }

# Both readmes have the same files in the same order.
order() { sed -n '/^1\. /,/^$/p' "$1" | grep -oE '`[a-z][a-zA-Z0-9_./-]+`' | grep /; }
[[ $(order README.md) == "$(order README.zh-CN.md)" ]] || { echo "the readmes' reading orders differ"; exit 1; }

scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
printf '%s\n' '`common/core/flow.c:no_such_function`' '`broker/nowhere.c:gk_flow_find`' '`schemas/nowhere.json`' >"$scratch"
[[ $(absent "$scratch" | wc -l) -eq 3 ]] || { echo "planted faults were not found: $(absent "$scratch")"; exit 1; }
echo "reading: $rows steps, every function and file is there"
