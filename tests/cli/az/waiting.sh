# Accepted, waited for, and given up in time.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l westus --no-wait
az sig wait -g rg -r gallery1 --created
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
az sig image-definition wait -g rg -r gallery1 -i image1 --exists
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --managed-image os.raw --no-wait
az sig image-version wait -g rg -r gallery1 -i image1 -e 1.0.0 --created --interval 1 --timeout 60
az sig image-version show -g rg -r gallery1 -i image1 -e 1.0.0 --query provisioningState -o tsv
az sig image-version wait -g rg -r gallery1 -i image1 -e 1.0.0 --custom "provisioningState=='Succeeded'" --timeout 60
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.0.0 --no-wait
az sig image-version wait -g rg -r gallery1 -i image1 -e 1.0.0 --deleted --timeout 60
az sig image-version wait -g rg -r gallery1 -i image1 -e 1.0.0 --exists --interval 1 --timeout 1
echo "in vain: $?"
az sig image-version wait -g rg -r gallery1 -i image1 -e 1.0.0
