definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 westeurope >/dev/null
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
rm -r store/regions/westeurope
echo rot >store/regions/westus2/standard_lrs/2/index.1
state() { find store -type f -printf '%p %s %T@ %C@\n' | sort; }
state >before
sig repair --plan
state | same before -
echo "then written: $(sig repair --query bytesWritten)"
