#!/usr/bin/env bash
# Links: what each built program carries, by its dynamic libraries and by the symbols inside it.
# No worker and no client links SQLite or libpq; Poppler (GPL) is in gongkai-extract only.
set -euo pipefail
: "${GK_BIN:?the folder of the built programs}"

# Library, and the programs that may (and must) carry it.
owners='
libsqlite3          gongkai-broker
libpq
libpoppler-glib     gongkai-extract
libseccomp          gongkai-extract
libcurl             gongkai-reminder
libpangocairo-1.0   gongkai-reply gongkai
'
programs=(gongkai gongkai-broker gongkai-intake gongkai-review gongkai-confidentiality gongkai-reply
          gongkai-reminder gongkai-extract)

# grep reads to the end: with -q it would leave, nm would die of SIGPIPE and the pipe would count as failed.
failed=''
fail() { echo "$1"; failed=yes; }

# What the program itself asks for, not what its libraries do: libpq hides behind nobody.
needed() { readelf -d "$GK_BIN/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*/\1/p'; }

for program in "${programs[@]}"; do
    [[ -x $GK_BIN/$program ]] || { fail "$program is not built"; continue; }
    has=$(needed "$program")
    while read -r library may; do
        [[ $library ]] || continue
        if grep -qx "$library" <<<"$has"; then
            [[ " $may " == *" $program "* ]] || fail "$program links $library, which only [$may] may"
        else
            [[ " $may " != *" $program "* ]] || fail "$program does not link $library: is the table of owners right?"
        fi
    done <<<"$owners"
    if [[ $program != gongkai-broker ]] && nm -C "$GK_BIN/$program" | grep -E ' [TtWU] (sqlite3_|PQ|gk_store_)' >/dev/null; then
        fail "$program carries the store's symbols"
    fi
done
nm -C "$GK_BIN/gongkai-broker" | grep ' sqlite3_' >/dev/null || fail "the check sees no SQLite in the broker: it would see none elsewhere"
[[ $("$GK_BIN/gongkai-extract" --version) == *GPL* ]] || fail "gongkai-extract --version does not say that Poppler is GPL"
[[ ! $failed ]] && echo "links: ${#programs[@]} programs carry what they may and nothing else"
