#!/usr/bin/env bash
# Packages: what is missing is said and installed, what is there costs no apt call.
# dpkg-query, apt and id are stand-ins in a folder of their own; nothing is installed.
set -euo pipefail
source_dir=${GK_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
export PATH=$scratch/bin:$PATH HERE=$scratch

cat >"$scratch/bin/dpkg-query" <<'E2'
#!/bin/sh
for last; do :; done
grep -qx "$last" "$HERE/absent" && exit 1
printf installed
E2
cat >"$scratch/bin/apt" <<'E2'
#!/bin/sh
echo "$@" >>"$HERE/apt.log"
[ ! -e "$HERE/offline" ]
E2
printf "#!/bin/sh\ncat %s/uid\n" "$scratch" >"$scratch/bin/id"
chmod +x "$scratch"/bin/*
echo 0 >"$scratch/uid"

install() {                                 # kinds...
    rm -f "$scratch/apt.log"
    GK_APT=apt root=$source_dir bash -c '. "$root/deploy/lib.sh"; install_packages "$@"' run "$@" 2>&1
}
fail() { echo "install_packages: $1"; exit 1; }

: >"$scratch/absent"
out=$(install build runtime test)
[[ -z $out && ! -e $scratch/apt.log ]] || fail "nothing is missing and yet: $out $(cat "$scratch/apt.log")"

printf '%s\n' libsqlite3-dev jq libcmocka-dev >"$scratch/absent"
out=$(install build runtime)
[[ $out == *libsqlite3-dev*ledger* && $out == *jq*demonstration* ]] || fail "what and why is not said: $out"
[[ $out != *libcmocka* ]] || fail "a test package was wanted for a run"
grep -q 'install .*libsqlite3-dev jq$' "$scratch/apt.log" || fail "apt was asked: $(cat "$scratch/apt.log")"

out=$(install test)
grep -q 'install .*libcmocka-dev$' "$scratch/apt.log" || fail "the test package was not asked for"

touch "$scratch/offline"
! out=$(install build) || fail "a failed apt counted as success"
[[ $out == *"could not install"* ]] || fail "a failed apt says: $out"

# Neither root nor sudo: the sentence names the command for root.
rm "$scratch/offline"
echo 1000 >"$scratch/uid"
mkdir "$scratch/few"
for tool in bash rm cat grep env dirname; do ln -s "$(command -v "$tool")" "$scratch/few/$tool"; done
! out=$(PATH=$scratch/bin:$scratch/few install build) || fail "went on without root and sudo"
[[ $out == *"apt-get install libsqlite3-dev"* && ! -e $scratch/apt.log ]] || fail "without root: $out"

# The list itself: three words a row at least, kinds known, nothing twice.
awk '!/^#/ && NF { if (NF < 3 || $2 !~ /^(build|runtime|test|fuzz)$/ || seen[$1]++) { print FILENAME ": " $0; bad = 1 } } END { exit bad }' \
    "$source_dir/deploy/packages" || fail "the list of packages is not well formed"
echo "install_packages: said, installed, and silent when there is nothing to do"
