#!/usr/bin/env bash
# deploy/run: one supervisor a data directory, what dies comes back, and nothing is left behind.
set -euo pipefail
: "${GK_BIN:?}" "${GK_SOURCE:?}"
scratch=$(mktemp -d)
data=$scratch/data
export GK_FONTS=${GK_FONTS:-$GK_SOURCE/build/fonts}
trap 'cleanup' EXIT
pid=''
cleanup() {
    [[ ! $pid ]] || kill -TERM "$pid" 2>/dev/null || true
    [[ ! $pid ]] || wait "$pid" 2>/dev/null || true
    rm -rf "$scratch"
}
fail() { echo "install_run: $1"; cat "$data"/log/*.log 2>/dev/null | tail -n 40; exit 1; }

# Start, and read its lines until one has the words; the last match stays in `line`.
begin() {
    mkfifo "$scratch/said"
    "$GK_SOURCE/deploy/run" --data "$data" "$@" >"$scratch/said" 2>&1 </dev/null &
    pid=$!
    exec 7<"$scratch/said"
    rm "$scratch/said"
}
until_said() {
    while IFS= read -r -t 120 line <&7; do
        seen+=$line$'\n'
        [[ $line == *"$1"* ]] && return
    done
    fail "waited for \"$1\" and read:"$'\n'"$seen"
}
# shellcheck disable=SC2009         # pgrep shows no arguments of a name
left() { ps -eo pid,args | grep -F -- "$data" | grep -v grep || true; }
children() { ps -o pid= --ppid "$pid" | wc -l; }

seen=''
mkdir "$data"
cp "$GK_SOURCE/deploy/gongkai.conf" "$data/gongkai.conf"     # the example must be readable as it stands
begin --empty
until_said 'Ctrl-C stops'
for name in sink broker intake review confidentiality reply reminder; do
    [[ $seen == *"  $name "*pid* ]] || fail "no line for $name: $seen"
done
[[ $(children) -eq 7 ]] || fail "$(children) children instead of 7: $(left)"
"$GK_BIN/gongkai" --data "$data" verify --json >/dev/null || [[ $? -ne 3 ]] || fail "the broker does not answer"

# A second start is refused and names the first.
status=0
out=$("$GK_SOURCE/deploy/run" --data "$data" --empty 2>&1) || status=$?
[[ $status -eq 1 && $out == *"in use by pid $pid"* ]] || fail "a second start: status $status, $out"

# A worker that dies comes back; so does the broker.
for name in intake broker; do
    victim=$(sed -n "s/^  $name  *pid \([0-9]*\).*/\1/p" <<<"$seen" | tail -n 1)
    kill -KILL "$victim"
    until_said "$name ended"
    until_said "  $name "
done
[[ $(children) -eq 7 ]] || fail "after two deaths: $(left)"

kill -TERM "$pid"
until_said Stopped
wait "$pid" || fail "it ended with $?"
pid=''
[[ -z $(left) ]] || fail "left behind: $(left)"

# The same directory again: nothing is built, nothing is in the way; KILL takes the children along.
seen=''
begin --empty
until_said 'Ctrl-C stops'
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
pid=''
while read -r child; do
    timeout 30 tail --pid="$child" -f /dev/null || fail "pid $child outlived its supervisor"
done < <(sed -n 's/^  [a-z]* *pid \([0-9]*\).*/\1/p' <<<"$seen")
[[ -z $(left) ]] || fail "orphans: $(left)"

# Whoever reads along goes away: all stops, nothing stays.
"$GK_SOURCE/deploy/run" --data "$data" --empty 2>&1 </dev/null | head -n 3 >/dev/null || true
[[ -z $(left) ]] || fail "after a closed pipe: $(left)"

# Not both kinds of directory.
status=0
out=$("$GK_SOURCE/deploy/run" --once --empty 2>&1) || status=$?
[[ $status -eq 2 ]] || fail "--once --empty: status $status, $out"
echo "install_run: refused twice, restarted, stopped, nothing left"
