definition
disk 'os disk.raw' 1 3M && disk data.raw 2 1M && disk more.raw 3 1M
sig image-version create prod/ubuntu/1.0.0 --os-vhd-uri "file://$PWD/os%20disk.raw" --data-vhds-uris data.raw "file://$PWD/more.raw" --data-vhds-luns 5 1 >/dev/null &&
    sig image-version export prod/ubuntu/1.0.0 - | same - 'os disk.raw' &&
    sig image-version export prod/ubuntu/1.0.0 - --data-disk 5 | same - data.raw &&
    sig image-version export prod/ubuntu/1.0.0 - --data-disk 1 | same - more.raw
sig image-version create prod/ubuntu/1.1.0 --os-vhd-uri 'os disk.raw' --data-vhds-uris data.raw more.raw | grep lun
sig image-version create prod/ubuntu/1.2.0 --os-vhd-uri https://account.blob.core.windows.net/vhds/os.vhd
sig image-version create prod/ubuntu/1.2.0 --os-vhd-uri file://server/os.vhd
sig image-version create prod/ubuntu/1.2.0 --os-vhd-uri 'os disk.raw' --data-vhds-uris data.raw --data-vhds-luns 1 2
sig image-version create prod/ubuntu/1.2.0 --os-vhd-uri 'os disk.raw' --data-vhds-uris data.raw --data-disk 0=more.raw
sig image-version create prod/ubuntu/1.2.0 --os-vhd-uri 'os disk.raw' --os-disk data.raw
