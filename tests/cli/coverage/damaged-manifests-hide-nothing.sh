# A version that cannot be read is told; the others are shown, and the status says that there is more.
definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
printf '{' >store/galleries/prod/images/ubuntu/versions/1.0.0/version.json
sig coverage -o table
