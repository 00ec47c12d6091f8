# GPT and MBR with logical partitions; a block that lies in two is cut; a disk that has a partition more.
need_command sfdisk
definition
truncate -s 64M os.raw
printf 'label: gpt\nfirst-lba: 34\nstart=34,size=2001,type=21686148-6449-6E6F-744E-656564454649\nstart=2035,size=20M,type=uefi,name="EFI"\nstart=65536,type=linux,name="root"\n' |
    sfdisk -q os.raw || exit
for at in 100000 1041000 5000000 40000000; do patch os.raw $at one; done
cp os.raw new.raw
for at in 0 100000 1041000 1042000 1050000 40000000 55555555; do patch new.raw $at two; done
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw >/dev/null
sig image-version diff prod/ubuntu/1.0.0 1.1.0 -o table
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --changes 100 --query 'disks[0].[partitionTable, partitionTableChanged, partitions, changes]'
echo "--- a partition more, in an MBR"
truncate -s 64M mbr.raw more.raw
table='label: dos\nlabel-id: 0x1\nx1: start=2048,size=10M,type=83\nx2: start=22528,size=40M,type=f\nx5: size=10M,type=82\n'
{
    printf "$table" | sfdisk -q mbr.raw
    printf "${table}x6: size=8M,type=83\n" | sfdisk -q more.raw
} || exit
patch more.raw 30000000 data
patch more.raw 66000000 data
sig image-version create prod/ubuntu/2.0.0 --os-disk mbr.raw >/dev/null
sig image-version create prod/ubuntu/2.1.0 --os-disk more.raw >/dev/null
sig image-version diff prod/ubuntu/2.0.0 2.1.0 -o table
echo "--- from none to one, and back: whose partitions"
disk bare.raw 5 64M
sig image-version create prod/ubuntu/3.0.0 --os-disk bare.raw >/dev/null
sig image-version diff prod/ubuntu/3.0.0 2.0.0 --query 'disks[0].[partitionTable, partitionTableChanged, partitions[].number]' -o json
sig image-version diff prod/ubuntu/2.0.0 3.0.0 --query 'disks[0].[partitionTable, partitionTableChanged, partitions[].number]' -o json
