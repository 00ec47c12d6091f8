definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >first
sig image-version update prod/ubuntu/1.0.0 >second
same first second
