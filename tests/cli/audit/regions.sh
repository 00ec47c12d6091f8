# Regions that nothing lies in yet: one whose manifest is damaged, two that are not mounted, and one that is unknown but
# named.
definition
mkdir disk1 disk2 disk3
sig region create rack --path rack -o none
sig region create attic --path attic -o none
sig region create hall --zones disk1 disk2 disk3 -o none
sig region create shed --path shed -o none
sig gallery create other --location shed >/dev/null
patch store/regions/rack/region.json 40 ZZZ
rm -r attic disk2 store/regions/shed
sig audit --query 'findings[].[level, path, text, hint]' -o tsv
echo "status $?"
sig audit prod -o table
