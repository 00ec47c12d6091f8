need_command qemu-img
definition
disk os.raw 1 200K
qemu-img convert -f raw -O vpc -o subformat=fixed,force_size=on os.raw os.vhd
sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhd >/dev/null
sig image-version export prod/ubuntu/1.0.0 os.back
same os.raw os.back
