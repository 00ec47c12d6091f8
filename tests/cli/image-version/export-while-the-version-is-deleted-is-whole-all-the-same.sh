definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
walk 'ls -l /proc/$walker/fd | grep -q "(deleted)"' image-version export prod/ubuntu/1.0.0 back.raw
sig image-version delete prod/ubuntu/1.0.0
go_on
echo $?
same os.raw back.raw
