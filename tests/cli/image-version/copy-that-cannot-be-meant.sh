definition dev/ubuntu
disk os.raw 1 1K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
try() {
    sig image-version create dev/ubuntu/2.0.0 "$@"
    echo $?
}
try --image-version dev/ubuntu/1.0.0 --os-disk os.raw
try --image-version dev/ubuntu/1.0.0 --data-disk 0=os.raw
try --image-version dev/ubuntu/1.0.0 --os-vhd-uri os.raw
try --from-store store --os-disk os.raw
try --image-version dev/ubuntu
try --image-version dev/ubuntu/1.0
try --image-version dev/ubuntu/next
try --image-version dev/ubuntu/3.0.0
try --image-version dev/debian/latest
try --image-version dev/ubuntu/1.0.0 --from-store nowhere
try --image-version /subscriptions/other/resourceGroups/default/providers/Microsoft.Compute/galleries/dev/images/ubuntu/versions/1.0.0
try --image-version dev/ubuntu/1.0.0 --location westeurope --target-regions westus2
sig image-version list dev/ubuntu --query '[].name' -o tsv
