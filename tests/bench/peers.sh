# What run measures beside other tools that keep versions of disk images: v1, v2, v3, v3 again, and v3 restored. Each in
# the setting that stores least without being much slower. Sourced.
# shellcheck shell=bash disable=SC2154 # lib.sh sets them

# Debian has these; desync it has not.
install_peers() {
    local as missing='' tool package
    for tool in borg:borgbackup restic:restic casync:casync; do
        package=${tool#*:}
        command -v "${tool%:*}" >/dev/null || missing="$missing $package"
    done
    [ -n "$missing" ] || return
    if [ "$(id -u)" = 0 ]; then as=; else as='sudo -n'; fi
    say "installing$missing"
    # shellcheck disable=SC2086
    { $as apt-get update && $as env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing; } \
        >"$dir/out" 2>&1 </dev/null || say "  not installed: $(tail -n 1 "$dir/out")"
}

# Nothing of theirs is left in the home directory.
export BORG_BASE_DIR=$dir/peer/home BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes
export RESTIC_PASSWORD=bench RESTIC_CACHE_DIR=$dir/peer/cache

# begin TOOL, put TOOL NAME DISK, get TOOL: v3 to $dir/peer/back.
begin() {
    case $1 in
    borg) borg init --encryption none "$dir/peer/store" ;;
    restic) restic --quiet --repo "$dir/peer/store" init ;;
    casync | desync) mkdir "$dir/peer/store" ;;
    esac
}

put() {
    case $1 in
    borg)
        borg create --chunker-params fixed,4194304 --compression zstd,1 --files-cache disabled "$dir/peer/store::$2" "$3"
        ;;
    restic) restic --quiet --repo "$dir/peer/store" backup --force --compression auto "$3" ;;
    casync) casync make --store="$dir/peer/store" "$dir/peer/$2.caibx" "$3" ;;
    desync) desync make -s "$dir/peer/store" "$dir/peer/$2.caibx" "$3" ;;
    esac
}

get() {
    case $1 in
    borg) cd "$dir/peer/back" && borg extract --sparse "$dir/peer/store::v3" ;;
    restic) restic --quiet --repo "$dir/peer/store" restore latest --target "$dir/peer/back" ;;
    casync) casync extract --store="$dir/peer/store" "$dir/peer/v3.caibx" "$dir/peer/back/v3.raw" ;;
    desync) desync extract -s "$dir/peer/store" "$dir/peer/v3.caibx" "$dir/peer/back/v3.raw" ;;
    esac
}

# timed TOOL STEP FUNCTION WORD...
timed() {
    local tool=$1 step=$2 begun ended
    shift 2
    say "  $tool $step"
    begun=$(date +%s.%N)
    work "$@" >"$dir/out" 2>"$dir/said" || { note failed "$tool $step" 0 "$(tail -n 1 "$dir/said")"; return 1; }
    ended=$(date +%s.%N)
    note peer "$tool" "$step" "$(awk -v begun="$begun" -v ended="$ended" 'BEGIN { printf "%.3f\n", ended - begun }')"
}

measure_peer() {
    local tool=$1 version
    rm -rf "$dir/peer"
    mkdir -p "$dir/peer/back" "$dir/peer/home" "$dir/peer/cache"
    work begin "$tool" >"$dir/out" 2>"$dir/said" || { note failed "$tool" 0 "$(tail -n 1 "$dir/said")"; return; }
    for version in v1 v2 v3; do
        prepare "$dir/$version.raw"
        timed "$tool" $version put "$tool" $version "$dir/$version.raw" || return
        note peer "$tool" "kept $version" "$(find "$dir/peer/store" -type f -printf '%s\n' |
            awk '{ sum += $1 } END { printf "%d\n", sum }')"
    done
    prepare "$dir/v3.raw"
    timed "$tool" unchanged put "$tool" v3-again "$dir/v3.raw" || return
    work sync -f "$dir"
    timed "$tool" restore get "$tool"
}

measure_peers() {
    local tool
    install_peers
    for tool in borg restic casync desync; do
        if command -v $tool >/dev/null; then
            measure_peer $tool
        else
            say "  $tool is not installed: passed over"
        fi
    done
    rm -rf "$dir/peer"
}
