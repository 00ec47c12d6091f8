# The others are deleted, and what they share with it is not freed.
definition && sig gallery create web -o none && disk os.raw 1 300K
sig image-definition create web/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
publish() { sig image-version create "$1" --os-disk os.raw -o none; }
publish prod/ubuntu/1.0.0 && publish prod/ubuntu/1.1.0 && publish web/ubuntu/1.0.0 && publish web/ubuntu/1.1.0
patch os.raw 5000 new && publish prod/ubuntu/2.0.0 && disk os.raw 2 300K && publish web/ubuntu/2.0.0 && publish web/ubuntu/3.0.0
sig prune --keep-latest 1 --plan --query 'versions[?bytesFreed].[name, bytesFreed]' -o tsv
# It is halted when the first one is gone; meanwhile others are locked.
walk '[ ! -d store/galleries/prod/images/ubuntu/versions/1.0.0 ]' prune --keep-latest 1 -o table
sig lock create web/ubuntu/1.0.0 --name late --lock-type CanNotDelete -o none
go_on
echo "status $?"
sig image-version list web/ubuntu --query '[].name' -o tsv
sig lock create web --name late --lock-type CanNotDelete -o none
sig prune --keep-latest 1
echo "status $?"
