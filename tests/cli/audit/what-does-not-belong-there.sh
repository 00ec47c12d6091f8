definition && disk os.raw 1 300K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
replica=store/regions/westus2/standard_lrs/1
touch store/notes.txt $replica/blobs/1234.blob store/galleries/prod/images/ubuntu/versions/1.0.0/mine $replica/disks/.sig-0123456789abcdef.tmp
mkdir -p store/galleries/.new/images store/galleries/prod/images/.old $replica/quarantine
sig audit; echo $?
