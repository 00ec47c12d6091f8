# A damaged neighbour is told where it is counted, and keeps nobody from publishing.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk os.raw >/dev/null
patch store/galleries/prod/images/ubuntu/versions/1.0.0/version.json 40 ZZZ
sig usage --query '[?currentValue>`0`].[name.value, currentValue]' -o tsv
sig store update --limit GalleryImageVersion=2 -o none
sig image-version create prod/ubuntu/1.2.0 --os-disk os.raw --query name
sig image-version create prod/ubuntu/1.3.0 --os-disk os.raw --query name
for manifest in prod/gallery.json prod/images/ubuntu/definition.json prod/images/ubuntu/versions/1.1.0/version.json; do
    cp store/galleries/$manifest saved
    sed -i '/"checksum"/d; /"location"/d' store/galleries/$manifest
    sig usage --query '[?currentValue>`0`].[name.value, currentValue]' -o tsv
    cp saved store/galleries/$manifest
done
sed -i '/"checksum"/d; s/"limit": 2/"limit": "many"/' store/store.json
sig gallery show prod
