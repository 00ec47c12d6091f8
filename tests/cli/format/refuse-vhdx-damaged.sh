need_command qemu-img
disk os.raw 1 5M && definition || exit
make() {
    qemu-img convert -f raw -O vhdx -o block_size=1M os.raw os.vhdx
}
try() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.vhdx
    echo "$?"
}
make && truncate -s 8M os.vhdx && try
make && truncate -s 100K os.vhdx && try
make && patch os.vhdx 66000 '!' && patch os.vhdx 132000 '!' && try
make && patch os.vhdx 196700 '!' && patch os.vhdx 262300 '!' && try
make && patch os.vhdx 3145728 '!' && try
make && patch os.vhdx 2097155 '~' && try
make && patch os.vhdx 2097152 '%' && try
# There is nothing but the mark.
printf vhdxfile >os.vhdx && try
