definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version update prod/ubuntu/1.x --exclude-from-latest true
echo $?
sig image-version delete 'prod/ubuntu/~>1.0'
echo $?
sig image-version create prod/ubuntu/1.0.x --os-disk os.raw
echo $?
for name in 1 1.0 '~>1.x' x; do
    sig image-version show "prod/ubuntu/$name"
done
