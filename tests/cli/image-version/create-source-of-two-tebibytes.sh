definition
truncate -s 2T os.raw || skip "needs a file system that holds files of 2 TiB"
patch os.raw 2199023255551 x
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw | grep InBytes
