# An error page under the name of an image, and a fixed VHD that was cut short.
definition
echo '<html>404 Not Found</html>' >os.qcow2
cp os.qcow2 os.RAW.XZ
disk disk.raw 1 2M
qemu-img convert -f raw -O vpc -o subformat=fixed,force_size=on disk.raw whole.vhd
head -c 1M whole.vhd >cut.vhd
for file in os.qcow2 os.RAW.XZ cut.vhd; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk "$file"
    echo $?
done
sig image-version create prod/ubuntu/1.0.0 --os-disk cut.vhd --source-format raw >/dev/null
