need_command qemu-img
disk os.raw 1 5M && definition || exit
make() {
    qemu-img convert -f raw -O vpc -o subformat=dynamic,force_size=on os.raw os.vhd
}
try() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhd
    echo "$?"
}
make && truncate -s -1 os.vhd && try
make && truncate -s -1M os.vhd && try
make && truncate -s 1K os.vhd && try
make && patch os.vhd 600 '!' && try
make && patch os.vhd 1536 '!' && try
make && patch os.vhd 20 '!' && patch os.vhd "$(($(stat -c %s os.vhd) - 500))" '!' && try
