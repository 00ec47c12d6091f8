definition
disk disk.raw 1 10K
ln -s disk.raw os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - disk.raw
