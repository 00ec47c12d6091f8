definition
truncate -s 8M os.raw
patch os.raw 4194304 x
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version export prod/ubuntu/1.0.0 back.raw
same os.raw back.raw
[ "$(du -k back.raw | cut -f 1)" -lt 128 ]
