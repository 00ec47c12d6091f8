definition && disk os.raw 1 300K && sig gallery create test >/dev/null
for version in 1.0.0 1.1.0 1.2.0; do sig image-version create prod/ubuntu/$version --os-disk os.raw >/dev/null 2>&1; done
damage() {
    cp "$1" saved && printf '%s' "$2" >"$1"
    sig audit | grep -e level -e text -e disks -e prod -e sound; echo
    cp saved "$1"
}
damage store/galleries/prod/images/ubuntu/versions/1.1.0/version.json '{"name": "1.1.0"}'
damage store/galleries/prod/images/ubuntu/versions/1.1.0/replication/westus2.json '{'
damage store/galleries/test/gallery.json ''
damage store/galleries/prod/images/ubuntu/definition.json '[]'
sig audit >/dev/null && echo sound
chmod 000 store/galleries/prod/images/ubuntu/versions; as_nobody sig audit | grep -e level -e text
