# Another process could not read it.
definition
disk one.raw 1 1M
sig image-version create prod/ubuntu/1.0.0 --os-disk - --no-wait <one.raw
echo "status $?"
cat one.raw | sig image-version create prod/ubuntu/1.0.0 --os-disk /dev/stdin --no-wait
echo "status $?"
mkfifo pipe
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw --data-disk 0=pipe --no-wait
echo "status $?"
sig image-version list prod/ubuntu
# A name of this process's own leads to the file.
sig image-version create prod/ubuntu/1.0.0 --os-disk /dev/fd/3 --no-wait 3<one.raw
sig image-version wait prod/ubuntu/1.0.0 --created
