definition
disk os.raw 1 1K
disk data.raw 2 1K
disk logs.raw 3 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw 7=logs.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw --data-disk 0
echo $?
sig image-version export prod/ubuntu/1.0.0 back.raw --data-disk 64
echo $?
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.1.0 back.raw --data-disk 0
