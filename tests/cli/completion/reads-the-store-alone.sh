sig gallery create Prod --location westus2 >/dev/null
sig gallery create stage -g team >/dev/null
sig image-definition create Prod/Ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
sig image-version create Prod/Ubuntu/1.10.0 --os-disk os.raw --target-regions westus2 northeurope >/dev/null
sig image-version create Prod/Ubuntu/1.9.0 --os-disk os.raw >/dev/null
chmod -R a-w store
find store -type f -name "*.json" | sort >before
sig complete bash -- image-version show prod/ubuntu/
find store -type f -name "*.json" | sort | cmp - before
mv store/galleries/prod/gallery.json damaged
sig complete bash -- gallery show ""
