definition
for size in 1 511 4095 4096 4097 131071 131073; do
    disk os.raw $size $size
    sig image-version create prod/ubuntu/1.0.$size --os-disk os.raw --source-format raw >/dev/null
    sig image-version export prod/ubuntu/1.0.$size os.back --force
    same os.raw os.back || echo "$size bytes differ"
done
