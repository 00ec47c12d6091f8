# What a policy drops goes to the trash, and frees nothing before its time.
exec 2>&1
keeping
for version in 1.1.0 1.2.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
sig gallery create web --location westus2 --compression none -o none
sig image-definition create web/nginx --publisher a --offer b --sku c --os-type Linux -o none
for version in 1.0.0 1.1.0; do
    patch os.raw 9000 "$version" && sig image-version create web/nginx/$version --os-disk os.raw -o none
done
sig prune --keep-latest 1 --plan --query '[bytesFreed, bytesFreedLater, versions[].[name, action, bytesFreed, bytesFreedLater]]'
sig prune --keep-latest 1 --plan --bypass-soft-delete --query '[bytesFreed, bytesFreedLater]'
sig prune --free 4K --keep-latest 1 --plan -o table
sig prune prod --keep-latest 2 -o table
sig image-version list-soft-deleted --query '[].imageVersion' -o tsv
sig prune prod --keep-latest 1 --bypass-soft-delete -o table
sig image-version list-soft-deleted --query '[].imageVersion' -o tsv
sig image-version undelete prod/ubuntu/1.0.0 --query name
