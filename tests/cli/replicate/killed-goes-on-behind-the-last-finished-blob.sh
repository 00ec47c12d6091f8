definition
disk os.raw 1 100K
disk data.raw 2 200K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 0=data.raw >/dev/null
blobs=store/regions/westeurope/standard_lrs/1/blobs
walk "[ -n \"\$(ls $blobs 2>/dev/null)\" ] && ! ls -A $blobs | grep -q lock" \
    image-version update prod/ubuntu/2.0.0 --target-regions westus2 westeurope
kill -KILL $walker
wait $walker 2>/dev/null
ls $blobs | wc -l
first=$(cat $blobs/*.blob | wc -c)
sig replicate prod/ubuntu/2.0.0 >/dev/null
all=$(cat $blobs/*.blob | wc -c)
copied=$(sig replicate prod/ubuntu/2.0.0 --query '[].replicationStatus.summary[1].copiedBytes' -o tsv)
[ "$copied" = $((all - first)) ] || echo "copied $copied of $all, of which $first were there"
