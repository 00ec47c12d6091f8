# They say something of the file that is given, and nothing without one.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig repair prod/ubuntu/1.0.0 --data-disk 0
echo $?
sig repair prod/ubuntu/1.0.0 --source-format raw
