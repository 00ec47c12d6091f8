definition
mkfifo os.raw
disk disk.raw 1 3M
cat disk.raw >os.raw &
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - disk.raw
: >os.raw &
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw
