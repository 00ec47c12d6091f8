definition
disk os.raw 1 1M
for zone in westus2 westus2= =zone westus2=zone= westus2=zone=x westus2=zone=0 westus2=zone=101 westus2=zone=1=2 \
    westus2=zone=1=standard_lrs=5 westus3000=zone None=zone '{"name": "westus2"}' '{"extendedLocation": {"name": "z"}}' \
    '{"name": "westus2", "extendedLocation": {"name": "z", "type": "City"}}'; do
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-edge-zones "$zone"
    echo "status $?"
done
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-edge-zones westus2=zone eastus=ZONE
echo "status $?"
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-edge-zones None westus2=zone
echo "status $?"
sig image-version list prod/ubuntu
