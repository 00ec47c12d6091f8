sig gallery create prod >/dev/null
sed -i 's/zstd/lzma/' store/galleries/prod/gallery.json
sig gallery show prod
