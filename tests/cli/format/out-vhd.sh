# The guest sees whole MiB, as many as os.raw has; the size is in the footer, whatever the geometry says.
exported vhd vpc
qemu-img info -f vpc out.image | grep 'virtual size'
exported vhd vpc --verify fast
