# Nothing is stored for both, and all the same they can be compared.
definition
sig gallery create apart --location westeurope >/dev/null
sig image-definition create apart/ubuntu --publisher a --offer b --sku c --os-type Linux >/dev/null
disk os.raw 1 1M
cp os.raw new.raw
patch new.raw 0 new
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 >/dev/null
sig image-version create apart/ubuntu/1.0.0 --location westeurope --os-disk new.raw --target-regions westeurope >/dev/null
sig image-version diff prod/ubuntu/1.0.0 apart/ubuntu/1.0.0 --query '[identical, changedBytes, stored]'
echo "--- a region that one of them is not in"
sig image-version diff prod/ubuntu/1.0.0 apart/ubuntu/1.0.0 --region westeurope
