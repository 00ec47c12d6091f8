definition
disk os.raw 1 200K
disk data.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw >first
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 1=data.raw >second
same first second
