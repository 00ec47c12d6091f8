# Whoever was copying has been killed: after a moment without progress wait does the rest itself.
definition
disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope -o none
rm -r store/regions/westeurope store/galleries/prod/images/ubuntu/versions/1.0.0/replication/westeurope.json
replication prod/ubuntu/1.0.0
sig image-version wait prod/ubuntu/1.0.0 --replicated --timeout 60
echo "status $?"
replication prod/ubuntu/1.0.0
sig image-version wait prod/ubuntu/1.0.0 --custom tags.nope --timeout 1
