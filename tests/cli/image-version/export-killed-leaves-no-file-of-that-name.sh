definition
disk os.raw 1 100K
mkdir back
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
walk 'ls -l /proc/$walker/fd | grep -q "(deleted)"' image-version export prod/ubuntu/1.0.0 back/back.raw
kill -KILL $walker
ls back
sig image-version export prod/ubuntu/1.0.0 back/back.raw && same os.raw back/back.raw
