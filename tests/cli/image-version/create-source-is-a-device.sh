definition
sig image-version create prod/ubuntu/1.0.0 --os-disk /dev/zero
