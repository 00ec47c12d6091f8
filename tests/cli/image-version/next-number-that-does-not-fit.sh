definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.2147483647.2147483647 --os-disk os.raw >/dev/null
for name in next next:minor; do
    sig image-version create prod/ubuntu/$name --os-disk os.raw
    echo $?
done
sig image-version create prod/ubuntu/next:major --os-disk os.raw --query name -o tsv
sig image-version create prod/ubuntu/next:medium --os-disk os.raw
