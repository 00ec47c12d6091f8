# The grid of versions and regions: all there, copies to be made, one that is gone, a directory that is not mounted.
definition
disk os.raw 1 1M
disk new.raw 2 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 northeurope >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw --data-disk 0=os.raw --target-regions westus2 brazilsouth >/dev/null
sig coverage -o table
sig coverage
echo "sound: $(sig coverage --check -o none && echo 0)"

echo "--- a copy that is still to be made"
accepted image-version update prod/ubuntu/1.1.0 --target-regions westus2 brazilsouth japaneast=2
sig coverage prod/ubuntu/1.1.0 -o table
sig coverage --check -o none
echo "status $?"

echo "--- a blob that is gone, a disk that is not mounted"
rm store/regions/westus2/standard_lrs/2/blobs/*
mv store/regions/northeurope/standard_lrs/1 kept
mkdir store/regions/northeurope/standard_lrs/1
sig coverage prod/ubuntu -o table
sig coverage --check -o none
echo "status $?"

echo "--- of one region only"
sig coverage --region brazilsouth -o table
sig coverage prod --region brazilsouth --check --query 'versions[].regions[].[name, state, wanted, intact]' -o tsv
