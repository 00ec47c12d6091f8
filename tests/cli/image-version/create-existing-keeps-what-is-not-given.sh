definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2030-01-01 --tags a=b --target-regions westus2=2 >first
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --exclude-from-latest true >second
diff first second
