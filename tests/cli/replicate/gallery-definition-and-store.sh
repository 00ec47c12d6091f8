definition prod/ubuntu
definition prod/debian
definition test/suse
disk os.raw 1 1K
for version in prod/ubuntu/1.0.0 prod/ubuntu/1.1.0 prod/debian/1.0.0 test/suse/1.0.0; do
    sig image-version create $version --os-disk os.raw --target-regions westus2 westeurope >/dev/null
done
sig replicate -o table
sig replicate prod | grep '"id"'
sig replicate prod/ubuntu | grep '"id"'
sig replicate -r test -o table
