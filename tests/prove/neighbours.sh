# G15: bad neighbours do not block: each file of a store with three galleries damaged, removed and made unreadable in turn. What
# belongs to the others works as before, what cannot be read hides nothing else, an audit changes nothing, and nothing is deleted.
# shellcheck shell=sh
set -u
PATH=$BUILD:$PATH
export PATH SIG_THREADS=1 SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1 SIG_STORE=store
case ${PROVE:-slice} in
slice) every=7 ways="spoil remove" ;;
prove) every=1 ways="spoil shorten empty remove unreadable" ;;
long) every=1 ways="spoil shorten empty remove unreadable directory" ;;
esac
status=0
cd "$SCRATCH" || exit 2
disk=$BUILD/tests/cli/disk

# Galleries a, b and c, each with a version of its own in a region of its own, so that no replica is shared; what they show.
make_store() {
    for gallery in a:westus2 b:eastus c:westeurope; do
        region=${gallery#*:} gallery=${gallery%:*}
        "$disk" "$gallery.raw" "$(printf '%d' "'$gallery")" 64K &&
            sig gallery create "$gallery" --location "$region" --compression none >/dev/null &&
            sig image-definition create "$gallery/ubuntu" --publisher Contoso --offer Server --sku "$gallery" --os-type Linux >/dev/null &&
            sig image-version create "$gallery/ubuntu/1.0.0" --os-disk "$gallery.raw" >/dev/null || return
    done
}

# Whose file it is: a gallery's, or everybody's.
owner() {
    case $1 in
    galleries/?/*) echo "$1" | cut -c 11 ;;
    regions/westus2/* | replicas/westus2*) echo a ;;
    regions/eastus/* | replicas/eastus*) echo b ;;
    regions/westeurope/* | replicas/westeurope*) echo c ;;
    *) echo all ;;
    esac
}

# What may be done to a file; named by $ways.
damage() {
    case $1 in
    spoil) printf 'not what was here before' | dd of="$2" conv=notrunc bs=1 seek=3 status=none ;;
    shorten) truncate -s 40 "$2" ;;
    empty) : >"$2" ;;
    remove) rm "$2" ;;
    unreadable) chmod 0 "$2" ;;
    directory) rm "$2" && mkdir "$2" ;;
    esac
}

# As a user whom permissions mean something to.
user() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$@"; else "$@"; fi
}

# works GALLERY: it is shown, listed, exported, and changed; what is made there can be taken away.
works() {
    user sig gallery show "$1" >shown 2>said || { echo "gallery show $1"; return 1; }
    user sig image-definition list "$1" >shown 2>said && grep -q '"name": "ubuntu"' shown || { echo "image-definition list $1"; return 1; }
    user sig image-version list "$1/ubuntu" >shown 2>said && grep -q '"name": "1.0.0"' shown || { echo "image-version list $1"; return 1; }
    user sig image-version export "$1/ubuntu/1.0.0" - 2>said | cmp -s - "$1.raw" || { echo "image-version export $1"; return 1; }
    user sig audit "$1" >shown 2>said || { echo "audit $1"; return 1; }
    user sig replicate "$1" >shown 2>said || { echo "replicate $1"; return 1; }
    user sig gallery update "$1" --description changed >shown 2>said || { echo "gallery update $1"; return 1; }
    user sig image-version create "$1/ubuntu/2.0.0" --os-disk "$1.raw" >shown 2>said || { echo "image-version create $1"; return 1; }
    user sig image-version export "$1/ubuntu/2.0.0" - 2>said | cmp -s - "$1.raw" || { echo "export of what was created in $1"; return 1; }
    user sig image-version delete "$1/ubuntu/2.0.0" >shown 2>said || { echo "image-version delete $1"; return 1; }
}

# What a store is, byte by byte, and with its times.
picture() {
    tar --sort=name --format=posix --pax-option=delete=atime,delete=ctime -cf - store | cksum
}

names() {
    (cd store && find . -type f ! -name 'index.*' | sort)
}

# What the damage did to those whom it does not concern; the first fault.
faults() {
    before=$(picture)
    user sig audit >shown 2>said
    case $? in 0 | 6 | 7) ;; *) echo "audit ended in another way" && return ;; esac
    [ "$(picture)" = "$before" ] || { echo "the audit changed something"; return; }
    user sig gallery list >shown 2>said
    for gallery in a b c; do
        [ "$gallery" = "$2" ] || [ "$2" = all ] || grep -q "\"name\": \"$gallery\"" shown || { echo "gallery list without $gallery"; return; }
    done
    names >was
    for gallery in a b c; do
        [ "$gallery" != "$2" ] && [ "$2" != all ] || continue
        works "$gallery" || return
    done
    # A sweep may refuse; what it may not is to take what somebody needs.
    user sig sweep >shown 2>said
    names >is
    comm -23 was is >gone
    [ ! -s gone ] || { echo "deleted: $(head -n 1 gone)"; return; }
    echo ok
}

# tried WAY: for every file; prints how many, and the first fault.
tried() {
    count=0 verdict=ok number=0
    while read -r file; do
        number=$((number + 1))
        [ $((number % every)) = 0 ] || continue
        rm -rf store && cp -a sound store && damage "$1" "store/$file" || { verdict="no damage done to $file"; break; }
        found=$(faults "$file" "$(owner "$file")")
        count=$((count + 1))
        [ "$found" = ok ] || { verdict="$file: $found: $(head -n 1 said)"; break; }
    done <files
    chmod -R u+rwX store
    if [ "$verdict" = ok ] && [ "$count" -gt 0 ]; then
        printf 'G15\teach file of a store with three galleries: %s\t%d\tok\n' "$1" "$count"
    else
        printf 'G15\teach file of a store with three galleries: %s\t%d\tFAILED: %s\n' "$1" "$count" "$verdict"
        status=1
    fi
}

# planted WHAT SIG: with that script in place of the program, some fault is found.
planted() {
    mkdir -p bin
    { echo '#!/bin/sh'; cat; } >bin/sig && chmod 755 bin bin/sig
    rm -rf store && cp -a sound store && damage spoil store/galleries/a/gallery.json
    found=$(PATH=$PWD/bin:$PATH && faults galleries/a/gallery.json a)
    rm -rf bin
    if [ "$found" != ok ]; then
        printf 'G15\tplanted: %s\t1\tok\n' "$1"
    else
        printf 'G15\tplanted: %s\t1\tFAILED: not caught\n' "$1" && status=1
    fi
}

make_store || exit 2
(cd store && find . -type f -size +0 | sed 's|^\./||' | sort) >files
if [ "$(id -u)" = 0 ]; then
    chmod 755 . && chown -R nobody . && user test -x "$BUILD/sig" 2>/dev/null ||
        user() { "$@"; }
fi
mv store sound
for way in $ways; do
    if [ "$way" = unreadable ] && [ "$(id -u)" = 0 ] && ! user test -x "$BUILD/sig"; then
        printf 'G15\teach file unreadable\t0\tskipped: needs paths that anybody may walk\n'
    elif [ "$way" = unreadable ] && [ "$(user id -u)" = 0 ]; then
        printf 'G15\teach file unreadable\t0\tskipped: needs a user who may not do everything\n'
    else
        tried "$way"
    fi
done
planted "an audit that tidies up" <<'END'
[ "$1" != audit ] || rm -f store/galleries/a/lock
exec "$BUILD/sig" "$@"
END
planted "a damaged gallery that ends the list" <<'END'
[ "$1 $2" != "gallery list" ] || exit 6
exec "$BUILD/sig" "$@"
END
planted "a sweep that removes what it cannot read" <<'END'
[ "$1" != sweep ] || rm -rf store/galleries/a
exec "$BUILD/sig" "$@"
END
planted "a publish that minds other galleries" <<'END'
[ "$1 $2" != "image-version create" ] || { cp store/galleries/a/gallery.json x && "$BUILD/sig" gallery show a || exit 6; }
exec "$BUILD/sig" "$@"
END
exit $status
