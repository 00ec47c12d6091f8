definition
disk os.raw 1 1K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --exclude-from-latest true >/dev/null
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw >/dev/null
for range in 3.x 1.x '~>1' 1.1.x; do
    sig image-version show "prod/ubuntu/$range"
    echo $?
done
sig image-version show prod/ubuntu/2.x --region westeurope
