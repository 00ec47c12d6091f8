definition
: >os.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw
