# The plan is printed all the same; the copy would fail in the same way.
need_mounts
mkdir store && mount -t tmpfs -o size=2M none store
definition && disk os.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=4 --plan --query '[operation, fits, regions[].[region, fits]]' -o json 2>err | tr -d ' \n'
echo; sed 's/where .* are/where SO MUCH are/' err
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 --plan --query fits
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope=4 --plan >/dev/null 2>&1
