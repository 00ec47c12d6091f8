# Each number, and their sum, is what a sweep frees: of versions that share, in several regions, zones and types, with
# blobs that go whole and such that are rewritten. How much a raw file takes is the file system's: no number is shown.
definition && sig image-definition create prod/other --publisher o --offer p --sku q --os-type Linux -o none
disk a 1 3M && disk b 2 2M && disk c 3 2M
publish() {
    version=$1
    shift
    cat "$@" >os.raw && sig image-version create "prod/$version" --os-disk os.raw --target-regions westeurope=1=Premium_LRS eastus=1=Standard_ZRS westus2=2 -o none
}
publish ubuntu/1.0.0 a b && publish ubuntu/1.0.1 a b c && publish other/1.0.0 b && publish ubuntu/1.1.0 c && publish ubuntu/1.2.0 a c
disk data 4 1M && disk more 5 1M && sig image-version create prod/ubuntu/1.2.1 --os-disk a --data-disk 0=data 1=more -o none
sig image-version create prod/ubuntu/1.2.2 --os-disk b -o none
# What was left before is none of it.
publish ubuntu/0.9.0 data more && sig image-version delete prod/ubuntu/0.9.0
held() { find store/regions \( -name '*.blob' -o -name '*.disk' -o -name '*.raw' \) -printf '%i %s %b %f\n' | sort -u | awk '{ n += $4 ~ /raw$/ ? $3 * 512 : $2 } END { print n }'; }
already=$(sig sweep --plan --query bytesToFree) && [ "$already" -gt 0 ] && echo "something is left"
cp -a store as-it-was
try() {
    echo "-- $*"
    planned=$(sig prune "$@" --plan --query bytesFreed)
    [ "$planned" = "$(sig prune "$@" --plan --query 'sum(versions[?bytesFreed].bytesFreed)')" ] && echo "they add up"
    sig prune "$@" --query '[[bytesFreed], versions[].[name, action]][]' -o tsv >done.txt
    [ "$(head -n 1 done.txt)" = "$planned" ] && sed 1d done.txt
    before=$(held)
    sig sweep --query '[bytesFreed, rewritten]' -o tsv | {
        read -r swept
        read -r rewritten
        [ $((before - $(held))) = "$swept" ] && [ "$swept" = $((planned + already)) ] && echo "as planned; $rewritten blobs were rewritten"
    }
    sig audit --query sound
    rm -rf store && cp -a as-it-was store
}
try --keep-latest 1
try prod/ubuntu --keep-minor 1
try prod/other --keep-latest 1 --allow-empty
try --free 3000000 --allow-empty
# Of any number of lines from the first on, the sum is what a sweep frees when these are deleted.
sig prune prod/ubuntu --keep-latest 1 --plan --query 'versions[?bytesFreed].[name, bytesFreed]' -o tsv >lines
for count in 1 2 3 4 5; do
    head -n $count lines | while read -r name _; do sig image-version delete "$name"; done
    [ "$(sig sweep --query bytesFreed)" = "$(head -n $count lines | awk -v n="$already" '{ n += $2 } END { print n }')" ] && echo "$count as planned"
    rm -rf store && cp -a as-it-was store
done
