definition && disk os.raw 1 300K && cp os.raw more.raw && patch more.raw 250000 changed
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw --target-regions westus2 >/dev/null
blob=$(ls -S store/regions/westus2/standard_lrs/1/blobs/*.blob | head -n 1)
patch "$blob" 20000 rot
# Both versions lie in it: what is given for one mends the other too.
sig repair prod/ubuntu/1.0.0 --from os.raw; echo $?
sig audit -o table
sig image-version export prod/ubuntu/1.1.0 - | same - more.raw
