# A disk that ends within a grain.
need_command qemu-img
disk os.raw 1 5121K && definition && sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null || exit
imported vmdk
imported vmdk subformat=streamOptimized
