# Shares that are added at the same time are all there.
ids() { seq -f '6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7%03g' "$1" "$2"; }
sig gallery create team --permissions Groups -o none
for id in $(ids 1 12); do
    sig share add team --subscription-ids "$id" -o none &
done
wait
sig gallery show team --query 'sharingProfile.groups[].ids[]' -o tsv | sort
