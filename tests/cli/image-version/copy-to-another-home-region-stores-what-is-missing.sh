definition dev/ubuntu
definition prod/ubuntu
disk os.raw 1 4M
cp os.raw two.raw
patch two.raw 1000000 changed
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create dev/ubuntu/1.1.0 --os-disk two.raw >/dev/null
stored() {
    cat store/regions/westeurope/*/*/blobs/* | wc -c
}
sig image-version create prod/ubuntu/1.0.0 --image-version dev/ubuntu/1.0.0 --location westeurope >/dev/null
before=$(stored)
sig image-version create prod/ubuntu/1.1.0 --image-version dev/ubuntu/1.1.0 --location westeurope >/dev/null
[ $(($(stored) - before)) -lt 10000 ] && echo little
sig image-version export prod/ubuntu/1.1.0 back.raw && same two.raw back.raw
[ "$(digest prod/ubuntu/1.0.0)" = "$(digest dev/ubuntu/1.0.0)" ] && sig audit --query sound
