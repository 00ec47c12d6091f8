definition
truncate -s 3M os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw | grep InBytes
sig image-version export prod/ubuntu/1.0.0 os.back
ls store/regions/westus2/standard_lrs/1/blobs
same os.raw os.back
