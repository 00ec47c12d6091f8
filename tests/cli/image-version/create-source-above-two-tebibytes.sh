definition
truncate -s 2199023255553 os.raw || skip "needs a file system that holds files of 2 TiB"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
