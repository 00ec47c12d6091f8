named_store
chmod -R a-w store
find store -type f -name "*.json" | sort >before
sig complete bash -- image-version show prod/ubuntu/
find store -type f -name "*.json" | sort | cmp - before
mv store/galleries/prod/gallery.json damaged
sig complete bash -- gallery show ""
