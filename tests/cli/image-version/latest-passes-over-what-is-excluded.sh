definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw --exclude-from-latest true >/dev/null
sig image-version show prod/ubuntu/latest -o table
sig image-version update prod/ubuntu/1.1.0 --exclude-from-latest false >/dev/null
sig image-version show prod/ubuntu/latest -o table
