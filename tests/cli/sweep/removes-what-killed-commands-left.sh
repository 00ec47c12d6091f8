definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
replica=store/regions/westus2/standard_lrs/1
touch store/.sig-0123456789abcdef.tmp $replica/blobs/.sig-0123456789abcdef.tmp $replica/disks/.0123456789abcdef.lock store/mine
mkdir -p store/galleries/.new/images store/galleries/prod/images/.old/versions/1.0.0 store/galleries/prod/images/ubuntu/versions/.old
touch store/galleries/prod/images/ubuntu/versions/1.0.0/replication/.sig-0123456789abcdef.tmp
sig sweep | grep scratch && find store -name '.*' && ls store/mine && sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
