# Three tebibytes with next to nothing in them, and a version that is not there yet.
definition
truncate -s 3T a.raw b.raw || skip "needs a file system that holds files of 3 TiB"
patch a.raw 1000000000000 one
patch b.raw 3000000000000 two
sig image-version create prod/ubuntu/1.0.0 --os-disk a.raw --replication-mode Shallow >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk b.raw --replication-mode Shallow >/dev/null
sig image-version diff prod/ubuntu/1.0.0 1.1.0 --changes 9 --query 'disks[].[changedBytes, newBytes, freedBytes, changes]'
accepted image-version create prod/ubuntu/1.2.0 --os-disk a.raw --replication-mode Shallow
sig image-version diff prod/ubuntu/1.0.0 1.2.0
