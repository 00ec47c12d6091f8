definition && disk os.raw 1 300K && cp os.raw more.raw && patch more.raw 5000 changed
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk more.raw >/dev/null
blob=$(ls -S store/regions/westeurope/standard_lrs/1/blobs/*.blob | head -n 1)
patch "$blob" 20000 rot
sig audit; echo $?
# What it says to do about it.
rm "$blob" && sig replicate >/dev/null && sig audit >/dev/null && echo sound
# Without another copy.
patch "$(ls -S store/regions/westus2/standard_lrs/1/blobs/*.blob | head -n 1)" 20000 rot
rm -r store/regions/westeurope
sig audit -o json | grep -e level -e hint -e text -e prod
