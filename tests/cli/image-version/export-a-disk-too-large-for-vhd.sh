definition
truncate -s 2041G os.raw
patch os.raw 5000 data
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 os.vhd
sig image-version export prod/ubuntu/1.0.0 os.vhd --format vhd-dynamic
ls
