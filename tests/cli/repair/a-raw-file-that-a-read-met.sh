# A read that goes on with the blobs has the raw file seen to; the next repair of what was met does it.
definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=1=premium_lrs >/dev/null
raw=$(echo store/regions/westus2/premium_lrs/1/disks/*.raw)
patch "$raw" 5000 rot
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
ls store/repairs
sig coverage --check >/dev/null 2>&1; echo $?
sig repair --queued --query 'repairs[].path' -o tsv
same "$raw" os.raw && ls store/repairs
sig coverage --check >/dev/null && sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
# Also by a replicate of the whole store.
patch "$raw" 5000 rot
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
sig replicate >/dev/null && same "$raw" os.raw
