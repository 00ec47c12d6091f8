definition
truncate -s 3T os.raw || skip "needs a file system that holds files of 3 TiB"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
echo "status $?"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replication-mode Shallow --query storageProfile.osDiskImage.sizeInGB
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --query publishingProfile.replicationMode
sig audit prod --query findings
