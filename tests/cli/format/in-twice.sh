need_command qemu-img
try_disk
disk data.raw 2 3M
tar -cf both.tar os.raw data.raw
sig image-version create prod/ubuntu/2.0.0 --os-disk both.tar --data-disk 7=both.tar --member os.raw 7=data.raw >/dev/null &&
    sig image-version export prod/ubuntu/2.0.0 - | same - os.raw && sig image-version export prod/ubuntu/2.0.0 - --data-disk 7 | same - data.raw
# The same again is unchanged, also read in one pass.
gzip both.tar
sig image-version create prod/ubuntu/2.0.0 --os-disk both.tar.gz --data-disk 7=both.tar.gz --member os.raw 7=data.raw >/dev/null
cat os.raw | sig image-version create prod/ubuntu/2.0.0 --os-disk - --data-disk 7=data.raw >/dev/null
echo x >>os.raw
cat os.raw | sig image-version create prod/ubuntu/2.0.0 --os-disk - --data-disk 7=data.raw >/dev/null
