# Each is told once, with the version and the region, in order; the error counts only what it is about.
definition && definition other/debian && disk os.raw 1 1K
for number in 1.0.0 1.1.0 1.2.0; do
    sig image-version create prod/ubuntu/$number --os-disk os.raw --target-regions westus2 westeurope northeurope >/dev/null
done
versions=store/galleries/prod/images/ubuntu/versions
tried() {
    echo "--- $*" >&2
    sig replicate "$@" -o tsv | wc -l; sig replicate "$@" >/dev/null 2>&1; echo "status $?"
}
cp $versions/1.1.0/version.json saved && echo x >$versions/1.1.0/version.json
tried
tried prod/ubuntu
rm -r store/regions/westeurope/*
tried prod
cp saved $versions/1.1.0/version.json
tried
rm store/regions/northeurope/standard_lrs/1/replica.json
tried
tried --region northeurope
tried prod/ubuntu/1.2.0
echo x >$versions/1.0.0/version.json && echo x >$versions/1.1.0/version.json && echo x >store/galleries/other/gallery.json
tried --region westus2
