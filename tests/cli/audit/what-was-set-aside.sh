definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 >/dev/null
replica=store/regions/westus2/standard_lrs/2
mkdir $replica/quarantine
for blob in $replica/blobs/*; do cp "$blob" $replica/quarantine/ && patch "$replica/quarantine/${blob##*/}" 5000 x; done
sig audit && sig sweep && ls $replica/quarantine
