# Times and memory differ from run to run.
steps() {
    sig "$@" 2>&1 >/dev/null | sed 's/^sig: [0-9.]* s: /T: /; s/; .*//'
}
disk os.raw 1 1M && definition
echo "publish:" && steps image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope --verbose
echo "read:" && steps image-version show prod/ubuntu/1.0.0 --verbose
echo "read, in detail:" && steps image-version list prod/ubuntu --debug
echo "change:" && steps gallery update prod --tags a=b --verbose
echo "delete:" && steps image-version delete prod/ubuntu/1.0.0 --verbose
echo "an error:" && steps gallery show test --verbose
echo "no store:" && steps gallery list --store other --verbose
echo "the result is the same:" && sig gallery list --verbose --query "[].name" -o tsv 2>/dev/null
echo "a lock that another one holds:"
walk 'grep -q ":$(stat -c %i store/galleries/prod/lock) " /proc/locks' gallery update prod --tags c=d -o none
steps gallery update prod --tags e=f --verbose --lock-wait 0 | sed 's/process [0-9]*/process N/'
go_on
