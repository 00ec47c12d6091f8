definition && disk os.raw 1 300K
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0/version.json ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 westeurope
sig audit | grep -e level -e text -e hint -e sound; kill -KILL $walker
sig replicate >/dev/null && sig audit | grep -e level -e sound
