definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
patch "$(echo store/regions/westus2/standard_lrs/1/blobs/*.blob)" 20000 rot
sig image-version export prod/ubuntu/1.0.0 - 2>/dev/null | same - os.raw
ls store/repairs
sig replicate >/dev/null; ls store/repairs
sig audit >/dev/null && sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
