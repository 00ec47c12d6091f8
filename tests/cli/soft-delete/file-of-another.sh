# A file that is called as the record of a deletion, elsewhere than in a version, is nobody's to remove.
keeping
for at in . store/galleries/prod store/galleries/prod/images/ubuntu store/regions/westus2/standard_lrs/1 store/trash; do
    mkdir -p "$at" && echo mine >"$at/deletion.json"
done
sig sweep --query scratch
find . -name deletion.json | sort
