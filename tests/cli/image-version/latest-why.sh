definition
disk os.raw 1 1K
publish() {
    version=$1
    shift
    sig image-version create prod/ubuntu/$version --os-disk os.raw "$@" >/dev/null 2>&1
}
publish 1.0.0 --target-regions westus2 westeurope
publish 1.1.0 --target-regions westus2 westeurope
publish 1.2.0 --target-regions westus2 westeurope --end-of-life-date 2026-02-02
publish 1.3.0 --target-regions westus2 westeurope --exclude-from-latest true
publish 1.4.0 --target-regions westus2 '{"name": "westeurope", "excludeFromLatest": true}'
publish 1.5.0
mv store/regions/westeurope aside
: >store/regions/westeurope
disk os.raw 2 1K
publish 1.6.0 --target-regions westus2 westeurope
rm store/regions/westeurope
mv aside store/regions/westeurope
publish 1.7.0 --exclude-from-latest true
publish 1.8.0
echo x >>store/galleries/prod/images/ubuntu/versions/1.8.0/version.json
sig image-version latest prod/ubuntu --region westeurope --why --query 'candidates[].[name, rule, region, state, details]' -o tsv
sig image-version latest prod/ubuntu --why -o table
sig image-version latest prod/ubuntu
sig image-version latest prod/ubuntu --all-regions --query name
sig image-version latest prod/ubuntu --all-regions 'West US 2' westeurope --query name
sig image-version latest prod/ubuntu/1.0.x --region 'West Europe' -o tsv --query name
sig image-version latest prod/ubuntu/1.3.0 --why --query 'candidates[].rule' -o tsv
echo $?
sig image-version latest prod/ubuntu --region westus --region westus2 --all-regions
echo $?
