# It goes, and what nobody could read any more is told.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --end-of-life-date 2031-12-31 --block-deletion-before-end-of-life >/dev/null
sed -i 's/os.raw/or.raw/' store/galleries/prod/images/ubuntu/versions/1.0.0/version.json
sig image-version delete prod/ubuntu/1.0.0
sig image-version list prod/ubuntu
