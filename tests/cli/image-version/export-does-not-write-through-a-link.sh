definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
echo precious >file
ln -s file link
sig image-version export prod/ubuntu/1.0.0 link
echo $?
sig image-version export prod/ubuntu/1.0.0 link --force
cat file
[ ! -h link ] && same os.raw link
