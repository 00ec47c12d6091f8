definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/0.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/2147483647.2147483647.2147483647 --os-disk os.raw >/dev/null
sig image-version list prod/ubuntu -o table
