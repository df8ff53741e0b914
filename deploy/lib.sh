# shellcheck shell=bash
# What the scripts share: plain speech, packages, the build.  Source it; it needs $root.
: "${root:?the folder of the project}"

say()  { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die()  { warn "${0##*/}: $1"; exit "${2:-1}"; }

# The rows "package<TAB>why" of deploy/packages for the given kinds that are not installed here.
missing_packages() {
    local package when why
    while read -r package when why; do
        [[ $package == ''  || $package == \#* || " $* " != *" $when "* ]] && continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
            printf '%s\t%s\n' "$package" "$why"
    done <"$root/deploy/packages"
}

# Install what is missing of the given kinds (build, runtime, test).  Nothing missing: no apt,
# no network.  GK_APT is the command that installs, so that a test can stand in for it.
install_packages() {
    local rows names=() package why sudo=()
    command -v dpkg-query >/dev/null ||
        { warn "not a Debian system: the packages of deploy/packages are taken to be here"; return; }
    rows=$(missing_packages "$@")
    [[ $rows ]] || return 0
    say "Installing what is missing:"
    while IFS=$'\t' read -r package why; do
        printf '  %-22s %s\n' "$package" "$why"
        names+=("$package")
    done <<<"$rows"
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null || die "not root and no sudo; ask root to run: apt-get install ${names[*]}"
        sudo=(sudo)
    fi
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${GK_APT:-apt-get}" -q)
    "${apt[@]}" update >/dev/null || warn "apt-get update failed; trying with the lists at hand"
    "${apt[@]}" install -y --no-install-recommends "${names[@]}" >/dev/null ||
        die "apt-get could not install them; its words stand above"
}

# Configure once, then let ninja decide: with nothing changed it builds nothing and says nothing.
build() {
    local preset=$1 dir=$2 said
    if [[ ! -f $dir/build.ninja ]]; then
        say "Building into ${dir#"$root"/}/, for the first time ..."
        said=$(cd "$root" && cmake --preset "$preset" 2>&1) || { warn "$said"; die "cmake failed"; }
    fi
    said=$(ninja -C "$dir" --quiet 2>&1) || { warn "$said"; die "the build failed; the compiler's words stand above"; }
    [[ $said == *'no work to do'* ]] || say "Built."
}
