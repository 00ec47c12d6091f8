# What cannot be read stays, is told, and is the status; of what cannot be looked at nobody says what it would free.
definition && disk os.raw 1 300K && sig region create rack --path rack -o none
for version in 1.0.0 1.1.0 1.2.0 1.3.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw --target-regions westus2 rack -o none
done
mv rack away && mkdir rack
show() {
    echo "-- $*"
    sig prune "$@" --query '[[bytesFreed], versions[].[name, action, rule, bytesFreed]][]' -o tsv
    echo "status $?"
}
show --keep-latest 2 --plan
show --keep-latest 2 --free 1M --plan
rmdir rack && mv away rack
cp store/galleries/prod/images/ubuntu/versions/1.3.0/version.json good
patch store/galleries/prod/images/ubuntu/versions/1.3.0/version.json 40 ZZZ
show --keep-latest 2 --plan
show --keep-latest 2 --free 1M --plan
show --keep-latest 2
sig image-version list prod/ubuntu --query '[].name' -o tsv
cp good store/galleries/prod/images/ubuntu/versions/1.3.0/version.json
patch store/locks.json 3 ZZZ
sig lock create --name x --lock-type ReadOnly -o none
patch store/locks.json 3 ZZZ
show --keep-latest 1
