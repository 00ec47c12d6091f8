definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
: >store/galleries/prod/images/ubuntu/versions/1.1.0/version.json
sig image-version list prod/ubuntu -o table
