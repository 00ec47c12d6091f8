# A plan says what is freed now, and what when.
exec 2>&1
keeping
disk other.raw 2 300K
sig image-version create prod/ubuntu/1.1.0 --os-disk other.raw --target-regions westus2=2 -o none
cp -a store as-it-was
sig image-version delete prod/ubuntu/1.1.0 --plan --query '[bytesToFree, regions[].[region, bytesToFree]]'
sig image-version delete prod/ubuntu/1.1.0 --bypass-soft-delete --plan --query bytesToFree
diff -r store as-it-was && echo unchanged
sig image-version delete prod/ubuntu/1.1.0
sig image-version delete prod/ubuntu/1.1.0 --plan --query bytesToFree
sig sweep --plan --query bytesToFree
at 7 sig sweep --plan --query bytesToFree
at 7 sig sweep --query bytesFreed
