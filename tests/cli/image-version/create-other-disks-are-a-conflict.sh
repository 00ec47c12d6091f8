definition
disk os.raw 1 100K
disk data.raw 2 100K
disk more.raw 3 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw 1=more.raw
echo $?
sig image-version create prod/ubuntu/1.0.0 --data-disk 0=data.raw
