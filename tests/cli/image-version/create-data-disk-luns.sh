definition
disk os.raw 1 1K
disk data.raw 2 1K
for lun in 64 -1 1.5 x '' 99999999999999999999; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk "$lun=data.raw"
    echo $?
done
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk data.raw
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw 0=os.raw
