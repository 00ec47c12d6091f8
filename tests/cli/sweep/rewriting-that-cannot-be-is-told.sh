# Damage is not handed on into a new blob, and no room is no failure: what nobody needs goes all the same.
definition && disk os.raw 1 2M && head -c 250K os.raw >two.raw && disk other.raw 2 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw >/dev/null
sig image-version create prod/ubuntu/1.2.0 --os-disk other.raw >/dev/null
sig image-version delete prod/ubuntu/1.0.0 && sig image-version delete prod/ubuntu/1.2.0
cp -a store full
( ulimit -f 100 && sig sweep -o tsv ) 2>&1 | sed 's/[0-9a-f]\{32\}/NAME/'
sig audit -o tsv
rm -r store && mv full store
blob=$(find store -name '*.blob' -size +500k) && cp "$blob" saved && patch "$blob" 2000 rot
sig sweep -o tsv 2>&1 | sed 's/[0-9a-f]\{32\}/NAME/g'
cp saved "$blob" && sig sweep --query rewritten && sig image-version export prod/ubuntu/1.1.0 - | same - two.raw && echo as it was
