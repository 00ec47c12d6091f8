definition
disk os.raw 1 1K
sig image-version create prod/ubunto/1.0.0 --os-disk os.raw
echo $?
sig image-version create nope/ubuntu/1.0.0 --os-disk os.raw
