exported vhd-dynamic vpc
qemu-img info -f vpc out.image | grep 'virtual size'
