definition
disk os.raw 1 1M
disk data.raw 2 200K
disk logs.raw 3 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 63=logs.raw 0=data.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 os.back
sig image-version export prod/ubuntu/1.0.0 data.back --data-disk 0
sig image-version export prod/ubuntu/1.0.0 logs.back --data-disk 63
same os.raw os.back && same data.raw data.back && same logs.raw logs.back
