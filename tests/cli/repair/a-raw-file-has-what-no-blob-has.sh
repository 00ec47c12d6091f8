definition
disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 japaneast=1=Premium_LRS >/dev/null
for blob in store/regions/*/*/1/blobs/*.blob; do
    patch "$blob" 20000 damaged
done
sig repair --plan --query losses
sig repair -o table
sig audit --query findings
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
