need_command qemu-img
definition
disk os.raw 1 200K
qemu-img convert -f raw -O vpc -o subformat=dynamic os.raw os.vhd
sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhd
