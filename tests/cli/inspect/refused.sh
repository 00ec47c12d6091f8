definition
try() {
    sig inspect "$@"
    echo "$?"
}

try
try absent.raw
mkdir directory
try directory
: >empty
try empty
printf 'KDMV' >bad.vmdk
try bad.vmdk --for prod/ubuntu
try bad.vmdk --source-format raw -o tsv
try bad.vmdk --for prod/absent
try bad.vmdk --for prod
try bad.vmdk --for 'prod/ubuntu/1.0.0'
try bad.vmdk --for prod/ubuntu --store elsewhere
