# What can be refused without reading the disk is no work.
definition
disk one.raw 1 1M
create() {
    sig image-version create "$@" --no-wait
    echo "status $?"
}
create prod/ubuntu/1.0.0
create prod/ubuntu/1.0 --os-disk one.raw
create prod/ubunt/1.0.0 --os-disk one.raw
create prod/ubuntu/1.0.0 --os-disk none.raw
create prod/ubuntu/1.0.0 --os-disk .
create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions eastus
create prod/ubuntu/1.0.0 --os-disk one.raw --end-of-life-date 2020-01-01
create prod/ubuntu/1.0.0 --os-disk one.raw --data-disk 0=one.raw
printf 'QFI\373' >bad.qcow2
create prod/ubuntu/1.0.0 --os-disk bad.qcow2
sig image-version list prod/ubuntu
# What is there already is compared at once.
sig image-version create prod/ubuntu/1.0.0 --os-disk one.raw >/dev/null
create prod/ubuntu/1.0.0 --os-disk one.raw
patch one.raw 5000 changed
create prod/ubuntu/1.0.0 --os-disk one.raw
ls store
