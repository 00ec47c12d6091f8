# 1.1.0 has a quarter of the disk of 1.0.0, which is deleted: what is left of that blob moves, and the rest of it is free.
definition && disk os.raw 1 2M && head -c 250K os.raw >two.raw && disk tail.raw 2 100K && cat tail.raw >>two.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 westeurope >/dev/null
bytes() { find store/regions -name '*.blob' -o -name '*.disk' | xargs stat -c %s | awk '{ sum += $1 } END { print sum }'; }
sig image-version delete prod/ubuntu/1.0.0
before=$(bytes)
sig sweep >swept && cat swept
[ $((before - $(bytes))) = "$(sed -n 's/.*"bytesFreed": \([0-9]*\).*/\1/p' swept)" ] && echo as many bytes as it says
for region in westus2 westeurope; do
    sig image-version export prod/ubuntu/1.1.0 - --region $region | same - two.raw && echo as it was
done
sig audit -o tsv && sig sweep -o tsv
# What was moved is found by the next publish: it stores nothing but a disk map.
blobs=$(find store -name '*.blob' | sort)
head -c 240K two.raw >three.raw && sig image-version create prod/ubuntu/1.2.0 --os-disk three.raw >/dev/null
[ "$blobs" = "$(find store -name '*.blob' | sort)" ] && echo no new blob
