# What is blocked until its end of life stays until then.
. "$ROOT/examples/az-shim"
disk os.raw 1 1M
az sig create -g rg -r gallery1 -l westus -o none
az sig image-definition create -g rg -r gallery1 -i image1 --os-type linux -p p -f o -s s --end-of-life-date 2027-01-01 \
    --query endOfLifeDate -o tsv
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --managed-image os.raw --end-of-life-date 2026-06-01 \
    --block-deletion-before-end-of-life true --query '[publishingProfile.endOfLifeDate, safetyProfile.blockDeletionBeforeEndOfLife]' -o tsv
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.0.0
echo "blocked: $?"
az sig image-version update -g rg -r gallery1 -i image1 -e 1.0.0 --block-deletion-before-end-of-life false -o none
az sig image-version delete -g rg -r gallery1 -i image1 -e 1.0.0
echo "not blocked: $?"
az sig image-version create -g rg -r gallery1 -i image1 -e 1.0.0 --managed-image os.raw --end-of-life-date 2025-06-01
