# Two stores in one directory would sweep each other's blobs.
sig region create rack --path rack -o none
SIG_RANDOM=second sig region create rack --path rack --store second 2>&1 | sed 's/store, .*/store, .../'
sig region create attic --path rack
echo $?
sig region list --store second --query '[?state]' -o tsv
