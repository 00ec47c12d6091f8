# A version that several of them cover is counted once; shared blocks are stored once in each replica.
definition && definition prod/debian && definition web/nginx
disk os.raw 1 1M && cp os.raw two.raw && patch two.raw 70000 x
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw --target-regions westus2 local=1=Premium_LRS >/dev/null
sig image-version create prod/debian/1.0.0 --os-disk os.raw --target-regions westus2=1=Standard_ZRS >/dev/null
sig image-version create web/nginx/1.0.0 --os-disk os.raw >/dev/null
count() { sig cost "$@" --query '[imageVersions, occupiedBytes, storedBytes, join(`" "`, versions[].name)]' -o tsv; }
count
count prod/ubuntu
count prod/ubuntu prod prod/ubuntu/latest
count web prod/debian/1.0.0
sig cost prod -o table
sig coverage web prod/debian/1.0.0 prod/debian -o table
sig image-version list prod/ubuntu | sig cost --ids - --query 'length(versions)'
count prod nowhere
patch store/galleries/prod/images/ubuntu/versions/1.0.0/version.json 40 ZZZ
count prod/ubuntu/1.0.0 prod prod/ubuntu
