# However many threads meet the damage.
definition
yes | head -c 30M >os.raw
seq 3000000 >>os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 >/dev/null
blob=$(ls store/regions/westus2/standard_lrs/1/blobs/*)
chmod u+w "$blob"
for at in 100 5000000 10000000 15000000 20000000; do patch "$blob" "$at" broken; done
sig image-version export prod/ubuntu/1.0.0 back.raw --threads 8 2>&1 | sed 's/[0-9a-f]\{32\}/BLOB/'
same back.raw os.raw
