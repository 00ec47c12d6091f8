# Two versions share a blob, and it is damaged where one of them does not need it.
disk part.raw 1 1M && disk other.raw 2 1M && cat part.raw other.raw >both.raw
definition && sig image-version create prod/ubuntu/1.0.0 --os-disk both.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk part.raw >/dev/null
blob=$(ls -S store/regions/westus2/standard_lrs/1/blobs/*.blob | head -n 1)
patch "$blob" $(($(stat -c %s "$blob") * 3 / 4)) rot
sig replicate --verify prod/ubuntu/1.1.0 >/dev/null; echo $?
# Killed at whatever moment, it takes nothing away.
for delay in 1 2 3 4; do
    walk '[ $((moment = ${moment-0} + 1)) -gt $((delay * 40)) ]' replicate --verify && kill -KILL $walker
    moment=0
    sig image-version export prod/ubuntu/1.1.0 - | same - part.raw || echo lost
done
sig replicate --verify >/dev/null 2>&1; echo $?
sig image-version export prod/ubuntu/1.1.0 - | same - part.raw && echo exact
