need_root
need_command losetup
need_command qemu-img
try_disk
loop=$(losetup --find --show --read-only os.raw 2>/dev/null) || skip "needs loop devices"
taken "a block device" "$loop"
cat "$loop" | taken "a block device from a pipe" -
taken "a block device as standard input" - <"$loop"
losetup --detach "$loop"
