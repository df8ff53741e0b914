#!/usr/bin/env bash
# The story, with each worker and the broker killed while it is told: every case must still come out
# as expected.
set -euo pipefail
: "${GK_BIN:?}" "${GK_SOURCE:?}"
scratch=$(mktemp -d)
data=$scratch/data
export GK_FONTS=${GK_FONTS:-$GK_SOURCE/build/fonts}
pid=''
cleanup() {
    [[ ! $pid ]] || kill -TERM "$pid" 2>/dev/null || true
    wait
    rm -rf "$scratch"
}
trap cleanup EXIT
fail() { echo "install_story: $1"; tail -n 20 "$data"/log/*.log; exit 1; }

# A killed worker's job is given out again when its lease ends: let that be soon.
mkdir "$data"
{
    echo services
    for name in intake review confidentiality reply reminder; do
        printf '    %s\n        lease = "2 s"\n' "$name"
    done
} >"$data/gongkai.conf"

mkfifo "$scratch/said"
"$GK_SOURCE/deploy/run" --once --data "$data" >"$scratch/said" 2>&1 </dev/null &
pid=$!

# Every tenth step one process dies, in turn; the pid is the last one that the supervisor said.
victims=(intake review confidentiality reply reminder broker)
declare -A alive=()
steps=0 killed=0 seen=''
while IFS= read -r line; do
    seen+=$line$'\n'
    [[ $line =~ ^\ \ ([a-z]+)\ +pid\ ([0-9]+) ]] && alive[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
    [[ $line =~ ^2026-[0-9-]+\ \  ]] || continue
    ((++steps % 10)) && continue
    kill -KILL "${alive[${victims[killed % 6]}]}" 2>/dev/null && killed=$((killed + 1))
done <"$scratch/said"
status=0
wait "$pid" || status=$?
pid=''
printf '%s' "$seen" | tail -n 12
((status == 0)) || { printf '%s' "$seen" | grep -E '^  !|not as expected|ended' || true; fail "the story ended with $status"; }
((steps > 100 && killed >= 12)) || fail "$steps steps, $killed killed: too few to say anything"

# What it leaves: letters that are PDF, mails, and a case for each script.
cases=("$GK_SOURCE"/deploy/story/*.case)
[[ $seen == *"${#cases[@]} cases, 0 not as expected."* ]] || fail "the last line does not say ${#cases[@]} cases"
letters=("$data"/letters/*.pdf)
((${#letters[@]} >= ${#cases[@]})) || fail "only ${#letters[@]} letters"
for letter in "${letters[@]}"; do
    pdftotext "$letter" - | grep 演示 >/dev/null || fail "$letter is not marked as a training letter"
done
compgen -G "$data/mail/*.eml" >/dev/null || fail "no mail was sent"

# Told again, it is the same story and plays nothing.
again=$("$GK_SOURCE/deploy/run" --once --data "$data" 2>&1) || fail "told again, it ended otherwise: $again"
[[ $again != *Playing* && $again == *"${#cases[@]} cases, 0 not as expected."* ]] || fail "told again: $again"
echo "install_story: ${#cases[@]} cases, $steps steps, $killed processes killed, ${#letters[@]} letters"
