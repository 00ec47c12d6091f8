definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replica-count 2 \
    --target-regions westus2 'West Europe=1' NorthEurope=Standard_LRS 'uksouth=3=standard_lrs' >/dev/null
targets prod/ubuntu/1.0.0
