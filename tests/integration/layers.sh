#!/usr/bin/env bash
# Layers: an include may only point where the arrows of the design allow.
#
#     base <- core <- wire <- workers, clients        base, core <- store <- broker -> wire
#     base <- paper <- workers/reply, clients/gongkai
#
# Then the checker is checked: a planted include of every forbidden kind must be found.
set -euo pipefail
source_dir=${GK_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}

# Folder, and the first words of what it may include.  The longest folder that fits counts; a
# worker is a worker of its own and sees no other's parts.
layers='
common/base               base/
common/core               base/ core/
common/wire               base/ core/ wire/
common/paper              base/ paper/
broker/store              base/ core/ store/
broker                    base/ core/ wire/ store/ broker/
workers                   base/ core/ wire/ workers/*.h
workers/intake            base/ core/ wire/ workers/*.h workers/intake/
workers/review            base/ core/ wire/ workers/*.h workers/review/
workers/confidentiality   base/ core/ wire/ workers/*.h workers/confidentiality/
workers/reply             base/ core/ wire/ workers/*.h workers/reply/ paper/
workers/reminder          base/ core/ wire/ workers/*.h workers/reminder/
workers/extract           base/ workers/extract/
clients/gongkai           base/ core/ wire/ paper/ clients/gongkai/
'

# Libraries that only the named folders may include.
outside='
sqlite3.h         broker/store
libpq-fe.h        broker/store
poppler.h         workers/extract
seccomp.h         workers/extract
curl/curl.h       workers/reminder
csv.h             clients/gongkai
cairo-pdf.h       common/paper workers/reply
pango/pangocairo.h common/paper
czmq.h            common/wire workers broker
zmq.h             common/wire workers broker
'

# A name with a slash is compared from its start; "workers/*.h" means the folder itself, no deeper.
fits() {
    local name=$1 may
    shift
    for may; do
        case $may in
        */\*.h) [[ $name == "${may%\*.h}"*.h && ${name#"${may%\*.h}"} != */* ]] && return ;;
        *)      [[ $name == "$may"* ]] && return ;;
        esac
    done
    return 1
}

rule_of() {
    local folder=$1 row rest
    for (( ; ; )); do
        while read -r row rest; do
            [[ $row == "$folder" ]] && { echo "$rest"; return; }
        done <<<"$layers"
        [[ $folder == */* ]] || return 1
        folder=${folder%/*}
    done
    return 1
}

# Print "file: includes what it may not" for every source below the folder.
check() {
    local root=$1 file kind name folder rule header homes may
    while IFS=: read -r file _ name; do
        file=${file#"$root"/}
        folder=${file%/*}
        kind=${name:0:1}
        name=${name:1}
        if [[ $kind == '<' ]]; then
            while read -r header homes; do
                [[ $header && $name == "$header" ]] || continue
                read -ra may <<<"$homes"
                fits "$folder/" "${may[@]/%//}" || echo "$file: includes <$name>"
            done <<<"$outside"
            continue
        fi
        rule=$(rule_of "$folder") || { echo "$file: $folder has no row in the table of layers"; continue; }
        read -ra may <<<"$rule"
        fits "$name" "${may[@]}" || echo "$file: includes \"$name\""
    done < <(cd "$root" && grep -rnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]+["<][^">]+' \
                 --include='*.[ch]' common broker workers clients |
             sed -E "s|^([^:]+:[0-9]+:).*([\"<][^\"<]+)$|$root/\1\2|")
}

found=$(check "$source_dir")
[[ -z $found ]] || { echo "an include points the wrong way:"; echo "$found"; exit 1; }

# --- the checker finds what is planted --------------------------------------------------------

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch"/{common/{base,core,wire,paper},broker/store,workers/{intake,extract},clients/gongkai}
planted=0
plant() {                                   # folder, include
    printf '#include %s\n' "$2" >"$scratch/$1/planted.c"
    [[ $(check "$scratch") == "$1/planted.c: includes"* ]] ||
        { echo "a planted $2 in $1 was not found"; exit 1; }
    rm "$scratch/$1/planted.c"
    planted=$((planted + 1))
}
plant common/base '"core/flow.h"'
plant common/core '"wire/mdp.h"'
plant common/core '"store/store.h"'
plant common/core '<czmq.h>'
plant common/wire '"workers/worker.h"'
plant broker/store '"wire/mdp.h"'
plant broker '"workers/worker.h"'
plant broker '"clients/gongkai/cli.h"'
plant workers/intake '"store/store.h"'
plant workers/intake '"workers/reply/letter.h"'
plant workers/intake '<sqlite3.h>'
plant workers/extract '"wire/dial.h"'
plant clients/gongkai '"broker/turn.h"'
plant clients/gongkai '<libpq-fe.h>'
plant workers/intake '<poppler.h>'
plant common/paper '"core/flow.h"'
plant workers/intake '"paper/fonts.h"'
plant clients/gongkai '<cairo-pdf.h>'
printf '#include "base/err.h"\n#include "workers/worker.h"\n#include <stdio.h>\n' >"$scratch/workers/intake/good.c"
[[ -z $(check "$scratch") ]] || { echo "a lawful include was refused"; exit 1; }
echo "layers: every arrow points the right way; $planted planted faults found"
