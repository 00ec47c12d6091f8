sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --tags a=1 --minimum-memory 2 --eula e --end-of-life-date 2027-01-01 >/dev/null
sig image-definition update prod/a --description new --maximum-memory 8
