# A raw file that is not right is passed over for the blobs beside it, told, found by an audit, and made anew.
definition
disk os.raw 1 2M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --storage-account-type Premium_LRS >/dev/null
raw=$(echo store/regions/westus2/premium_lrs/1/disks/*.raw)
try() {
    echo "--- $1"
    echo "--- $1" >&2
    sig image-version export prod/ubuntu/1.0.0 back.raw --force && same os.raw back.raw
    sig audit --query 'findings[].[level, text, hint]' -o tsv
    sig replicate prod/ubuntu/1.0.0 $2 --query '[].replicationStatus.summary[].state' -o tsv
    same "$raw" os.raw
    sig audit --query sound
}
patch "$raw" 5000 rot
try "a block" --verify
hole=$(cmp -l os.raw /dev/zero 2>/dev/null | awk '{ if ($1 - last > 9000) { print last + 4500; exit } last = $1 }')
patch "$raw" "$hole" rot
try "what is no data" --verify
truncate -s 1M "$raw"
try "cut short"
truncate -s 3M "$raw"
try "too long"
rm "$raw"
try "missing"
echo "--- with the blobs"
patch "$raw" 5000 rot
patch "$(echo store/regions/westus2/premium_lrs/1/blobs/*.blob)" 200000 rot
sig image-version export prod/ubuntu/1.0.0 back.raw --force && same os.raw back.raw
SIG_THREADS=1 sig image-version export prod/ubuntu/1.0.0 back.raw --force && same os.raw back.raw
