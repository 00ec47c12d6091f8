# The second version lies half in the blob of the first one, which is deleted.
disk part.raw 1 1M && disk other.raw 2 1M && cat part.raw other.raw >both.raw
definition && sig image-version create prod/ubuntu/1.0.0 --os-disk both.raw --target-regions westus2=2 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk part.raw >/dev/null
sig image-version delete prod/ubuntu/1.0.0
for blob in store/regions/westus2/standard_lrs/*/blobs/*.blob; do
    size=$(stat -c %s "$blob")
    patch "$blob" $((size * 3 / 4)) rot
done
sig audit -o table; echo $?
sig image-version export prod/ubuntu/1.1.0 - | same - part.raw && sig replicate --verify -o table
