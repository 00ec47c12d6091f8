definition
disk os.raw 1 64K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
try() {
    sig image-version diff "$@"
    echo "$*: $?"
}
try
try prod/ubuntu/1.0.0
try prod/ubuntu/1.0.0 1.1.0
try prod/ubuntu/1.1.0 1.0.0
try prod/ubuntu/1.0.0 prod/debian/1.0.0
try prod/ubuntu/1.0.0 prod/ubuntu
try prod/ubuntu/1.0.0 ubuntu
try prod/ubuntu/1.0.0 next
try prod/ubuntu/1.0.0 2.x
try prod/ubuntu/1.0.0 ''
try prod/ubuntu/1.0.0 1.0.0 1.0.0
try prod/ubuntu/1.0.0 1.0.0 --changes 0
try prod/ubuntu/1.0.0 1.0.0 --changes 1000001
try prod/ubuntu/1.0.0 1.0.0 --region nowhere
