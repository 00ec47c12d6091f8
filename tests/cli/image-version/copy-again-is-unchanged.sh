definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 64K
disk other.raw 2 64K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create dev/ubuntu/1.1.0 --os-disk other.raw >/dev/null
for i in 1 2; do
    sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.0.0 --query storageProfile.source.id -o tsv
done
sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.1.0
echo $?
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --query name -o tsv
sig image-version create prod/ubuntu/next --image-version dev/ubuntu/1.0.0 --if-changed --query name -o tsv
sig image-version create prod/ubuntu/next --image-version dev/ubuntu/latest --if-changed --query name -o tsv
sig image-version create prod/ubuntu/next:minor --image-version dev/ubuntu/1.0.x --query name -o tsv
