# Other programs' words for it.
sig sweep --dry-run
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --what-if=true
sig gallery create prod --dry-run
