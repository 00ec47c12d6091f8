definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >first
sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest --end-of-life-date 2030-06-01T12:00:00+02:00 --tags a=b c= >second
diff first second
