definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=2 northeurope eastus southeastasia >/dev/null
for jobs in 1 2 4 64; do
    rm -rf store/regions/westeurope store/regions/northeurope store/regions/eastus store/regions/southeastasia store/replicas/[!w]* store/replicas/westeu*
    echo mine >store/regions/northeurope
    echo mine >store/regions/eastus
    sig replicate --jobs $jobs >said.$jobs 2>&1
    echo "status $?"
    rm store/regions/northeurope store/regions/eastus
    sig replicate --jobs $jobs >>said.$jobs 2>&1
    same said.1 said.$jobs
done
grep -e "^sig" -e "^hint" said.1
