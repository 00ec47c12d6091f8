definition
disk os.raw 1 1M
cp os.raw new.raw
patch new.raw 70000 x
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw >/dev/null
replication prod/ubuntu/1.0.0
replication prod/ubuntu/1.1.0
