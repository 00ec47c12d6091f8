# What a gallery says of it: nothing, until it was ever given; then all of it.
exec 2>&1
sig gallery create old --query softDeletePolicy
sig gallery create prod --soft-delete --query softDeletePolicy
sig gallery create prod --soft-delete-grace-period 3 --query softDeletePolicy -o tsv
sig gallery update prod --soft-delete-retention-period 30 --query softDeletePolicy -o tsv
sig gallery update prod --soft-delete False --query softDeletePolicy.isSoftDeleteEnabled
sig gallery update prod --query softDeletePolicy.isSoftDeleteEnabled
sig gallery update prod --set softDeletePolicy.isSoftDeleteEnabled=true --query softDeletePolicy -o tsv
sig gallery update old --soft-delete-retention-period 14 --query softDeletePolicy -o tsv
for flags in '--soft-delete-grace-period 36501' '--soft-delete-retention-period 0' \
    '--soft-delete-retention-period 36501' '--soft-delete-grace-period=-1' '--soft-delete maybe' '--soft-delete-retention-period week'; do
    # shellcheck disable=SC2086 # several words
    sig gallery update prod $flags
    echo "status $?"
done
sig gallery show prod --query softDeletePolicy -o tsv
