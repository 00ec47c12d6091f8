definition
disk os.raw 1 100K
mkdir back
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
walk 'ls -l /proc/$walker/fd | grep -q "(deleted)"' image-version export prod/ubuntu/1.0.0 back/back.raw
echo precious >back/back.raw
go_on
echo $?
ls -A back
cat back/back.raw
