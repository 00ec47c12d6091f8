definition
disk os.raw 1 1K
for count in 0 101 -1 x 9999999999999; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=$count
    echo $?
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replica-count $count
    echo $?
done
