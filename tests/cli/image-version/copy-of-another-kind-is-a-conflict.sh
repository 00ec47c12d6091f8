definition dev/ubuntu
disk os.raw 1 1K
sig image-version create dev/ubuntu/1.0.0 --os-disk os.raw >/dev/null
try() {
    name=$1
    shift
    sig image-definition create dev/$name --publisher a --offer b --sku $name --os-type Linux "$@" >/dev/null
    sig image-version create dev/$name/1.0.0 --image-version dev/ubuntu/1.0.0
    echo $?
}
try windows --os-type Windows
try special --os-state Specialized
try old --hyper-v-generation V1
try arm --architecture Arm64
sig image-version list dev/arm
