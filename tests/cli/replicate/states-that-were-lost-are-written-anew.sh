# As when a backup leaves out directories that are empty.
definition
disk os.raw 1 100K
publish() {
    sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
}
lose() {
    rm -r store/galleries/prod/images/ubuntu/versions/1.0.0/replication
}
publish
lose
sig audit -o table
sig replicate -o table
echo "status $?"
sig audit >/dev/null
echo "status $?"
lose
publish
echo "status $?"
lose
sig image-version update prod/ubuntu/1.0.0 --target-regions westus2 westeurope uksouth -o table
echo "status $?"
find store/galleries/prod/images/ubuntu/versions | sort
