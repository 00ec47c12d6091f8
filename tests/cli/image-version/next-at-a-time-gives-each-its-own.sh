# Twelve jobs, of which some have the same disk.
definition
for i in 1 2 3 4; do
    disk os$i.raw $i 64K
done
for i in 1 2 3 4 1 2 3 4 1 2 3 4; do
    sig image-version create prod/ubuntu/next --os-disk os$i.raw --query name -o tsv >>names 2>>notes &
done
wait
sort -V names
sort -V notes
sig image-version list prod/ubuntu --query 'length(@)'
sig audit >/dev/null
