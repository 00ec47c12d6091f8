definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
patch store/regions/westus2/standard_lrs/1/index.1 5000 rot
sig audit; echo $?
rm store/regions/westus2/standard_lrs/1/index.1 && sig audit | grep findings
