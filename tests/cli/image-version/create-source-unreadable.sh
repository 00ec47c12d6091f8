need_root
definition
disk os.raw 1 1K
chmod 0 os.raw
as_nobody sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
