# One copy at home, with every byte in it.
definition
disk os.raw 1 3M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --replication-mode shallow --query publishingProfile
sig image-version create prod/ubuntu/1.0.1 --os-disk os.raw --replication-mode Full --query publishingProfile.replicationMode
rm -r store/regions/westus2/standard_lrs/1/index*
sig image-version export prod/ubuntu/1.0.0 back.raw && same back.raw os.raw
echo "--- and no other"
for flags in "--replica-count 2" "--target-regions westus2=2" "--target-regions westus2 eastus"; do
    # shellcheck disable=SC2086
    sig image-version create prod/ubuntu/1.0.2 --os-disk os.raw --replication-mode Shallow $flags
    echo "status $?"
done
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 eastus
echo "status $?"
sig image-version update prod/ubuntu/1.0.0 --replication-mode Full
echo "status $?"
