# The second version lies half in the blob of the first one, which needs the other half too.
disk part.raw 1 1M && disk other.raw 2 1M && cat part.raw other.raw >both.raw
definition && sig image-version create prod/ubuntu/1.0.0 --os-disk both.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk part.raw >/dev/null
for blob in store/regions/westus2/standard_lrs/1/blobs/*.blob; do
    size=$(stat -c %s "$blob")
    patch "$blob" $((size * 3 / 4)) rot
done
sig audit prod/ubuntu/1.1.0 -o table
echo "status $?"
sig audit -o table
echo "status $?"
