definition
disk os.raw 1 64K
printf 'QFI\373' | cat - os.raw >os.qcow2
sig image-version create prod/ubuntu/1.0.0 --os-disk os.qcow2 --source-format raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 - | same - os.qcow2
