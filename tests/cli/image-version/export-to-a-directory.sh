definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
mkdir back
sig image-version export prod/ubuntu/1.0.0 back --force
echo $?
sig image-version export prod/ubuntu/1.0.0 back/
echo $?
sig image-version export prod/ubuntu/1.0.0 new/
echo $?
ls back
