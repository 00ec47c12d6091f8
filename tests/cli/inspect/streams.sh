# What can only be read from front to back is read to its end; the partition table is at the beginning.
need_command sfdisk
need_command xz
definition
truncate -s 20M os.raw
printf 'label: gpt\nsize=10M,type=uefi\n' | sfdisk -q os.raw || exit
patch os.raw 15000000 'data'
xz -k os.raw
sig inspect os.raw.xz --for prod/ubuntu
echo "xz: $?"
gzip -c os.raw | sig inspect - | grep -e Size -e Table -e file
echo "standard input: $?"
# Where the backup of the table would be cannot be looked at.
patch os.raw 600 x
gzip -c os.raw | sig inspect - --for prod/ubuntu -o table
echo "damaged: $?"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw.xz >/dev/null
