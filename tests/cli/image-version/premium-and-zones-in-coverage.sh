# A replica with a zone less, or a disk that is not ready, is none that is intact.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=Standard_ZRS eastus=Premium_LRS >/dev/null
sig coverage prod --query 'versions[].regions[].[region, wanted, intact]' -o tsv
rm -r store/regions/westus2/standard_zrs/1/zone-2 store/regions/eastus/premium_lrs/1/disks/*.raw
sig coverage prod --query 'versions[].regions[].[region, wanted, intact, reason]' -o tsv
sig replicate prod >/dev/null
sig coverage prod --query 'versions[].regions[].[region, wanted, intact]' -o tsv
