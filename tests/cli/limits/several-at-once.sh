# In one gallery the limit is exact, whoever comes together.
definition && disk os.raw 1 100K
sig store update --limit GalleryImage=4 GalleryImageVersion=3 -o none
for n in 1 2 3 4 5 6 7 8; do
    sig image-definition create prod/image$n --publisher a --offer b --sku $n --os-type Linux >/dev/null 2>refused-$n &
    sig image-version create prod/ubuntu/1.0.$n --os-disk os.raw >/dev/null 2>refused-version-$n &
done
wait
sig usage --location westus2 --query '[].currentValue' -o tsv
cat refused-version-* | grep -c "region 'westus2' has 3 of 3 image versions"
cat refused-[0-9] | grep -c "region 'westus2' has 4 of 4 image definitions"
sig replicate --status --query 'length(@)' && sig audit --query sound
