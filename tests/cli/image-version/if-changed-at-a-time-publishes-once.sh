definition
disk os.raw 1 256K
for i in 1 2 3 4 5 6 7 8; do
    sig image-version create prod/ubuntu/next --os-disk os.raw --if-changed --query name -o tsv >>names 2>>notes &
done
wait
sort names
sort notes
sig image-version list prod/ubuntu --query '[].name' -o tsv
