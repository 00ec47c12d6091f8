need_command qemu-img
definition
qemu-img create -q -f vmdk base.vmdk 1M
qemu-img create -q -f vmdk -b base.vmdk -F vmdk delta.vmdk
sig image-version create prod/ubuntu/1.0.0 --os-disk delta.vmdk
