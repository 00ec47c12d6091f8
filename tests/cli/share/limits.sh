# 30 subscriptions and 5 tenants in one gallery; one more changes nothing.
ids() { seq -f '6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7%03g' "$1" "$2"; }
count() { sig gallery show team --query "sharingProfile.groups[].length(ids)" -o tsv; }
sig gallery create team --permissions Groups -o none
# shellcheck disable=SC2046
{
    sig share add team --subscription-ids $(ids 1 29) --tenant-ids $(ids 1 4) -o none && count
    sig share add team --subscription-ids $(ids 30 30) --tenant-ids $(ids 5 6)
    echo "status $?" && count
    sig share add team --subscription-ids $(ids 30 31) --tenant-ids $(ids 5 5)
    echo "status $?" && count
    sig share add team --subscription-ids $(ids 1 30) --tenant-ids $(ids 1 5) -o none && count
}
