definition
disk os.raw 1 1M
head -c 300K os.raw >part.raw
sig image-version create prod/ubuntu/0.9.0 --os-disk part.raw --target-regions westus2 westeurope >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
cd store/regions || exit
set -- westus2/standard_lrs/1/blobs/* westeurope/standard_lrs/1/blobs/*
patch "$1" 5000 x
patch "$4" 5000 x
sig image-version export prod/ubuntu/1.0.0 - | same - "$HOME/os.raw"
