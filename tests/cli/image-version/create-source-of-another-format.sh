definition
disk os.raw 1 64K
printf 'QED\0' | cat - os.raw >qed
printf 'WithoutFreeSpace' | cat - os.raw >parallels
printf 'LUKS\272\276' | cat - os.raw >luks
for format in qed parallels luks; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk $format
    echo $?
done
sig image-version list prod/ubuntu
