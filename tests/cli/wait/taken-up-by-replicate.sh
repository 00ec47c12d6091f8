# So does whoever replicates: the version, what holds it, or all.
definition
disk one.raw 1 1M
for what in prod/ubuntu/1.0.0 prod/ubuntu prod ''; do
    accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw --target-regions westus2 eastus
    # shellcheck disable=SC2086
    sig replicate $what --query '[].[name, provisioningState, replicationStatus.aggregatedState]' -o tsv
    ls store/work
    sig image-version delete prod/ubuntu/1.0.0
done
