#!/bin/sh
# G11: no name, link, manifest or image makes sig read or write outside the store and what it was told to write. Beside the store
# stands a canary: a store of the same shape and identity, with other content. Nothing of it may be opened (inotify sees that
# also where nothing comes of it), changed, or found in an output, whatever the names are and whatever is put in the store.
# shellcheck disable=SC2317 # functions are named to others
set -u
LC_ALL=C
export LC_ALL SIG_CLOCK=2026-01-02T03:04:05Z SIG_THREADS=2
# shellcheck source=tests/prove/lib.sh
. "$(dirname "$0")/lib.sh"
paths=$BUILD/tests/prove/paths
sig=${PATHS_SIG:-$BUILD/sig}
[ "${1-}" ] || { cd "$SCRATCH" || exit 2; }
top=$PWD
trap 'exit 130' INT TERM HUP

# verdict WHY: ok, or that it failed.
verdict() {
    [ -n "$1" ] && echo "FAILED: $1" || echo ok
}

# make_store DIR WORD SEED: a store with all that a store has in it, WORD in every text; two versions, one of them deleted, and scratch.
make_store() {
    SIG_STORE=$1
    export SIG_STORE SIG_RANDOM=1
    {
        "$BUILD/tests/cli/disk" os.raw "$3" 128K && yes "$2" | head -c 64K >>os.raw && yes "$2 data" | head -c 32K >data.raw
        "$BUILD/sig" gallery create prod --location westus2 --compression none --description "$2"
        "$BUILD/sig" image-definition create prod/ubuntu --publisher "$2" --offer Server --sku 1 --os-type Linux --description "$2"
        for version in 1.0.0 1.1.0; do
            "$BUILD/sig" image-version create "prod/ubuntu/$version" --os-disk os.raw --data-disk 0=data.raw \
                --tags word="$2" --target-regions westus2 northeurope
        done
        "$BUILD/sig" image-version delete prod/ubuntu/1.1.0
        mkdir "$1/regions/westus2/standard_lrs/1/quarantine"
        : >"$1/regions/westus2/standard_lrs/1/blobs/.sig-0123456789abcdef.tmp"
        mv os.raw "$1.os.raw" && mv data.raw "$1.data.raw"
    } >/dev/null || exit 2
    unset SIG_RANDOM SIG_STORE
}

# All that is said of the canary but when it was read.
picture() {
    find "$1" -printf '%p %y %m %s %T@ %C@ %l\n' | sort
    find "$1" -type f -exec sha256sum {} + | sort
}

# Commands that between them open, list, make, replace and remove everything; the paths that users give are in ./out.
commands='
image-version export prod/ubuntu/1.0.0 out/one.raw --force
audit
image-version create prod/ubuntu/1.2.0 --os-disk store.os.raw --target-regions westus2 northeurope
sweep
gallery update prod --tags a=b
image-version list prod/ubuntu --expand ReplicationStatus
replicate
image-version delete prod/ubuntu/1.0.0
image-definition update prod/ubuntu --description new
image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus=2
image-version export prod/ubuntu/latest --all-disks out --format qcow2 --force
gallery create test
image-definition delete prod/ubuntu
gallery delete prod
gallery list
image-definition create prod/other --publisher a --offer b --sku c --os-type Linux
inspect store.os.raw --for prod/ubuntu
image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus'
command_count=18

# run NUMBER: that one of them.
run() {
    set -f
    # shellcheck disable=SC2046 # words
    set -- $(printf '%s\n' "$commands" | sed -n "$(($1 % command_count + 2))p")
    set +f
    "$sig" "$@" --store "$top/store" --lock-wait 5 >>said 2>&1 </dev/null
    status=$?
    [ "$status" -le 10 ] || echo "status $status: $*" >>strange
}

fresh() {
    rm -rf store out
    cp -a good store
    mkdir out
}

# Whether what was printed or exported is free of the canary's words.
clean() {
    ! grep -rlq CANARY said out 2>/dev/null || { echo "the canary's words came out, after: $1" >>strange; }
    : >said
}

# --- what stands in the store as a link to the canary ---

# put KIND ENTRY: in the place of ENTRY there is a link to the same in the canary, now absolute, now relative, now to what is not
# there. Blobs and disk maps have names of their own: to the canary's first one.
put() {
    place=store/$2
    target=canary/$2
    case $2 in
    *.blob | *.disk) target=$(grep "^canary/${2%/*}/[0-9a-f]*\.[bd]" entries.canary | head -n 1) ;;
    esac
    rm -rf "$place"
    case $1 in
    absolute) ln -s "$top/$target" "$place" ;;
    relative) ln -s "$(printf '%s\n' "$2" | sed 's|[^/]*|..|g')/$target" "$place" ;;
    dangling) ln -s "$top/$target.made" "$place" ;;
    esac
}

# Names that are scratch, or look as if they belonged there, and lead to the canary.
planted_links='
galleries/prod/images/.new|galleries/prod
galleries/prod/images/.old|galleries/prod
galleries/.new|galleries/prod
galleries/.old|galleries
galleries/prod/images/ubuntu/versions/.new|galleries
galleries/prod/images/ubuntu/versions/.old|galleries/prod/images/ubuntu/versions/1.0.0
galleries/prod/images/ubuntu/versions/9.9.9|galleries/prod/images/ubuntu/versions/1.0.0
galleries/evil|galleries/prod
galleries/prod/images/evil|galleries/prod/images/ubuntu
regions/eastus|regions/westus2
regions/westus2/standard_lrs/2|regions/westus2/standard_lrs/1
regions/westus2/standard_lrs/1/.sig-0123456789abcdef.tmp|regions/westus2
regions/westus2/standard_lrs/1/blobs/.sig-fedcba9876543210.tmp|store.json
regions/westus2/standard_lrs/1/blobs/00112233445566778899aabbccddeeff.blob|store.json
regions/westus2/standard_lrs/1/index.9|store.json
regions/westus2/standard_lrs/1/index.lock|lock.made
replicas/eastus.standard_lrs.1.json|store.json
.sig-0123456789abcdef.tmp|galleries'

# links COUNT FIRST: that many trials (entry, command), one after the other from the first.
links() {
    (cd good && find . -mindepth 1 | sed 's|^\./||' | sort) >entries
    printf '%s\n' "$planted_links" >>entries
    grep . entries >entries.all
    lines=$(wc -l <entries.all)
    trial=0
    while [ "$trial" -lt "$1" ]; do
        number=$((trial + $2))
        entry=$(sed -n "$((number % lines + 1))p" entries.all)
        fresh
        case $entry in
        *\|*) rm -rf "store/${entry%|*}"; ln -s "$top/canary/${entry#*|}" "store/${entry%|*}" ;;
        *)
            case $((number % 3)) in
            0) put absolute "$entry" ;;
            1) put relative "$entry" ;;
            2) put dangling "$entry" ;;
            esac
            ;;
        esac
        # Each entry meets other commands, since both numbers are not multiples of each other.
        for step in 0 1 2; do run $((number * 5 + number / lines + step)); done
        clean "link at $entry"
        trial=$((trial + 1))
    done
}

# --- names ---

# The names that users and files give: out of the directory, absolute, too long, with what looks like a slash, reserved.
names() {
    long=$(printf '%0300d' 0)
    printf '%s\n' .. . ../canary ../../canary "$top/canary" ../canary/galleries/prod prod/../../canary 'prod/ubuntu/../../../canary' \
        "$long" "$long$long$long$long$long$long$long$long$long$long$long$long$long$long$long$long" 'prod%2f..%2fcanary' '..\canary' \
        "$(printf '..\357\274\217canary')" "$(printf '\342\200\246/canary')" "$(printf '\300\256\300\256/canary')" \
        .new .old lock '~' 'canary ' '*' '/' '//' './.' "$(printf 'a\001b')" 'file:///etc/passwd' '0/0/0' "''" '-' '--' 'a=../canary' '1.0.0/..'
}

# given NAME NUMBER: the command of that number that takes the name.
given() {
    case $2 in
    0) "$sig" gallery create "$1" ;;
    1) "$sig" gallery delete "$1" ;;
    2) "$sig" image-definition create "prod/$1" --publisher a --offer b --sku c --os-type Linux ;;
    3) "$sig" image-version create "prod/ubuntu/$1" --os-disk store.os.raw ;;
    4) "$sig" image-version delete "prod/ubuntu/$1" ;;
    5) "$sig" image-version export "prod/$1" out/x --force ;;
    6) "$sig" image-version update prod/ubuntu/1.0.0 --target-regions "$1" ;;
    7) "$sig" image-version export prod/ubuntu/1.0.0 out/x --region "$1" --force ;;
    8) "$sig" gallery create other --location "$1" ;;
    9) "$sig" image-version show --ids "$1" ;;
    10) "$sig" gallery show -g "$1" -r "$1" ;;
    11) "$sig" replicate "$1" --region "$1" ;;
    12) "$sig" audit "$1" ;;
    13) "$sig" image-version create prod/ubuntu/3.0.0 --os-disk hostile.tar --member "$1" ;;
    14) "$sig" image-definition show -r "$1" -i "$1" ;;
    15) "$sig" image-version create -r "$1" -i "$1" -e "$1" --os-disk store.os.raw ;;
    16) "$sig" inspect store.os.raw --for "$1" ;;
    17) "$sig" image-version export prod/ubuntu/1.0.0 "out/$1" ;;
    esac
}
given_count=18

# Everything beside the store and ./out.
outside() {
    find . -mindepth 1 -maxdepth 2 \( -path ./store -o -path ./out -o -path ./said -o -path ./strange -o -path './entries*' -o -path './outside*' \) -prune \
        -o -path ./canary -prune -o -print | sort
}

typed() {
    export SIG_STORE="$top/store"
    fresh
    names >names.all
    outside >outside.before
    lines=$(wc -l <names.all)
    trial=0
    while [ "$trial" -lt "$1" ]; do
        number=$((trial + $2))
        name=$(sed -n "$((number % lines + 1))p" names.all)
        # The last one writes where it is told: a path with '..' may lead out of ./out.
        kind=$(((number + number / lines) % given_count))
        [ "$kind" = 17 ] && case $name in *canary* | *..*) kind=5 ;; esac
        given "$name" "$kind" >>said 2>&1 </dev/null
        status=$?
        [ "$status" -le 10 ] || echo "status $status: $name" >>strange
        clean "name $name, command $kind"
        [ $((trial % 50)) != 49 ] || fresh
        trial=$((trial + 1))
    done
    outside | diff outside.before - >outside.diff || cat outside.diff >>strange
    unset SIG_STORE
}

# --- manifests edited by hand ---

manifests() {
    (cd good && find . -name '*.json' | sort) >entries.json
    : >entries.strings
    while read -r file; do
        strings=1
        while cp "good/$file" edited && "$paths" edit edited "$strings" x; do
            echo "$file $strings" >>entries.strings
            strings=$((strings + 1))
        done
    done <entries.json
    names >names.all
    # shellcheck disable=SC1003 # a backslash
    printf '%s\n' '\u0000' 'a\u0000/../canary' '\ud800' '\\..\\canary' >>names.all
    lines=$(wc -l <entries.strings)
    name_lines=$(wc -l <names.all)
    trial=0
    while [ "$trial" -lt "$1" ]; do
        number=$((trial + $2))
        line=$(sed -n "$((number % lines + 1))p" entries.strings)
        name=$(sed -n "$(((number + number / lines) % name_lines + 1))p" names.all)
        fresh
        "$paths" edit "store/${line% *}" "${line#* }" "$name" || echo "not edited: $line" >>strange
        sed -i '2{/"checksum"/d}' "store/${line% *}" # as whoever edits it would: else nothing but that would be looked at
        for step in 0 1 2; do run $((number + step * 5)); done
        clean "$line is $name"
        trial=$((trial + 1))
    done
}

# --- images that name other files ---

images() {
    fresh
    secret=canary/store.json
    trials=0
    rm -rf bait && mkdir bait
    printf '# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 128 FLAT "%s" 0\n' \
        "$top/$secret" >bait/flat.vmdk
    printf '# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 128 FLAT "../%s" 0\n' \
        "$secret" >bait/relative.vmdk
    (cd bait && ln -s "../$secret" link.raw && tar -cf link.tar link.raw && rm link.raw) # a member that is a link
    (cd bait && cp ../store.os.raw os.raw && tar -cPf up.tar --transform 's|.*|../canary/os.raw|' os.raw)
    (cd bait && tar -cPf absolute.tar --transform "s|.*|$top/canary/os.raw|" os.raw)
    # A directory that is a link, and a file below it.
    (cd bait && ln -s ../canary below && tar -cf below.tar below && rm below && mkdir below && cp os.raw below/ && tar -rf below.tar below/os.raw)
    cp bait/up.tar hostile.tar
    cp bait.qcow2/*.qcow2 bait 2>/dev/null
    for file in bait/*.vmdk bait/*.tar bait/*.qcow2; do
        [ -e "$file" ] || continue
        "$sig" inspect "$file" >>said 2>&1
        "$sig" image-version create prod/ubuntu/2.0.0 --os-disk "$file" --store "$top/store" >>said 2>&1 &&
            "$sig" image-version export prod/ubuntu/2.0.0 out/two.raw --force --store "$top/store" >>said 2>&1
        "$sig" image-version delete prod/ubuntu/2.0.0 --store "$top/store" >>said 2>&1
        clean "$file"
        trials=$((trials + 1))
    done
    # Links where it writes: the link goes, what it leads to stays.
    for format in raw vhd qcow2; do
        rm -rf out && mkdir out
        ln -s "$top/canary/store.json" "out/os.$format"
        ln -s "$top/canary/made" "out/data-0.$format"
        ln -s "$top/canary/lock" out/x
        for force in false true; do
            "$sig" image-version export prod/ubuntu/1.0.0 --all-disks out --format "$format" --force="$force" --store "$top/store"
            "$sig" image-version export prod/ubuntu/1.0.0 out/x --force="$force" --store "$top/store"
        done >>said 2>&1
        clean "links in the directory of an export as $format"
        trials=$((trials + 4))
    done
    echo "$trials" >count
}

# --- swapped while commands run ---

swapped() {
    fresh
    : >exports.good
    trial=0
    start_swapping "$2"
    while [ "$trial" -lt "$1" ]; do
        number=$((trial + $2))
        if [ $((number % 4)) = 0 ]; then # often, and looked at closely
            "$sig" image-version export prod/ubuntu/1.0.0 out/now.raw --force --store "$top/store" >>said 2>&1 &&
                { cmp -s out/now.raw store.os.raw || echo "an export gave other bytes" >>strange; echo ok >>exports.good; }
        else
            run $((number + number / 4))
        fi
        trial=$((trial + 1))
        [ $((trial % 20)) = 0 ] || continue
        # What was deleted is needed again.
        stop_swapping
        grep -c 'symbolic link is not followed' said >>links.met
        clean "swaps"
        fresh
        start_swapping $((trial + $2))
    done
    stop_swapping
}

start_swapping() {
    rm -rf away && mkdir away
    "$paths" swap "$top/store" "$top/canary" "$top/away" "$1" >>swaps.all &
}

# The shell could lose a signal between fork and exec.
stop_swapping() {
    : >away/end
    wait
}

# Below this line: started once more, under the watch.
case ${1-} in
links | typed | manifests | images | swapped)
    "$1" "$2" "$3"
    exit
    ;;
esac

# watched PART COUNT FIRST: do it, and say in `why` what was wrong, if anything.
watched() {
    picture canary >picture.before
    : >strange
    : >said
    rm -f swaps.all links.met exports.good
    : >swaps.all
    why=
    "$paths" watch canary events sh "$prove/paths.sh" "$@" || why="it ended with an error"
    [ "$(cat events)" = 0 ] || why="the canary was touched $(cat events) times"
    picture canary | cmp -s picture.before - || why="the canary has changed"
    [ ! -s strange ] || { head -n 5 strange >&2; why=$(head -n 1 strange); }
}

tried() {
    watched "$1" "$2" "$3"
    result G11 "$4" "$2" "$(verdict "$why")"
}

make_store good ours 1
make_store canary CANARY 2
find canary | sort >entries.canary
mv good.os.raw store.os.raw
rm good.data.raw canary.data.raw
mkdir bait.qcow2
if command -v qemu-img >/dev/null; then
    (
        cd bait.qcow2 || exit
        mv ../canary.os.raw ../canary/os.raw
        qemu-img create -q -f qcow2 -F raw -b "$top/canary/os.raw" backing.qcow2
        qemu-img create -q -f qcow2 -F raw -b ../canary/os.raw relative.qcow2
        qemu-img create -q -f qcow2 -o data_file=outer.raw outer.qcow2 1M
        rm outer.raw && ln -s ../canary/os.raw outer.raw && rm outer.raw
    )
fi
rm -f canary.os.raw

# The numbers differ from run to run of a slice, so that all meet each other in time; the day decides.
first=0
[ "${PROVE:?}" = long ] || first=$(($(date +%j) * 97))
case $PROVE in
slice) links=8 typed=40 manifests=8 swaps=40 ;;
prove) links=700 typed=1000 manifests=700 swaps=2500 ;;
*) links=6000 typed=10000 manifests=6000 swaps=100000 ;;
esac

watched images 0 0
result G11 "images that name other files, archives with links, links where an export goes" "$(cat count)" "$(verdict "$why")"
tried typed $typed $first "hostile names at the command line"
tried links $links $first "links in the store, three commands each"
tried manifests $manifests $first "strings in manifests edited, three commands each"
tried swapped $swaps $first "commands while the store's parts are swapped for links"
met=$(awk '{ total += $1 } END { print total + 0 }' links.met)
well=$(wc -l <exports.good)
why=ok
[ "$met" -gt 0 ] && [ "$well" -gt 0 ] || why="FAILED: met $met links, $well exports came through"
result G11 "swaps of these ($met links met, $well exports right)" "$(awk '{ total += $1 } END { print total + 0 }' swaps.all)" "$why"

# The same with a program that follows links, which all of it has to notice. It waits for ever for a lock that is a link.
printf '#!/bin/sh\nexec timeout 0.3 "$BUILD/sig-bent" "$@"\n' >bent && chmod +x bent || exit 2
PATHS_SIG=$top/bent
BENT=follow
export PATHS_SIG BENT
for part in links swapped; do
    cp -a canary canary.kept
    seen=0 first=0
    # Whether a swap meets a command is chance, less of it on a busy machine.
    while [ "$seen" = 0 ] && [ "$first" -lt 120 ]; do
        watched $part 12 $first 2>/dev/null
        seen=$(cat events) first=$((first + 12))
    done
    [ "$seen" != 0 ] || missed="$part saw nothing"
    rm -rf canary && mv canary.kept canary
done
result G11 "planted: a program that follows links, with links that stand and with swapped ones" 24 "$(verdict "${missed-}")"
exit "$failures"
