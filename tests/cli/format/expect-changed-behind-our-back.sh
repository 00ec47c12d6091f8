# Changed between the two readings of the file, and its time set back: what is published would not be what was expected.
definition
disk os.raw 1 1M
disk other.raw 2 1M
touch -d 2025-01-01 os.raw
mkfifo data.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --expect "sha256:$(sha256sum os.raw | cut -d' ' -f1)" --data-disk 0=data.raw &
exec 3>data.raw
dd if=other.raw of=os.raw conv=notrunc status=none
touch -d 2025-01-01 os.raw
head -c 4096 other.raw >&3
exec 3>&-
wait $!
