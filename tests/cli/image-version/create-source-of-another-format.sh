definition
disk os.raw 1 64K
printf 'QFI\373' | cat - os.raw >qcow2
printf vhdxfile | cat - os.raw >vhdx
printf '\037\213\010' | cat - os.raw >gzip
for format in qcow2 vhdx gzip; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk $format
    echo $?
done
sig image-version list prod/ubuntu
