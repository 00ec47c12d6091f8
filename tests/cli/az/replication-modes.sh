# Full and Shallow, said back by create and show.
. "$ROOT/examples/az-shim"
disk os.raw 1 2M
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s -o none
for mode in Full Shallow; do
    [ $mode = Full ] && version=1.1.1 || version=1.1.2
    az sig image-version create -g rg -r gallery1 -i image1 -e $version --managed-image os.raw --replication-mode $mode \
        --query publishingProfile.replicationMode -o tsv
    az sig image-version show -g rg -r gallery1 -i image1 -e $version --query publishingProfile.replicationMode -o tsv
done
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.3 --managed-image os.raw --replication-mode shallow \
    --target-regions westus eastus
az sig image-version create -g rg -r gallery1 -i image1 -e 1.1.3 --managed-image os.raw --replication-mode shallow \
    --target-regions westus=2
sig image-version export gallery1/image1/1.1.2 back.raw && same os.raw back.raw
