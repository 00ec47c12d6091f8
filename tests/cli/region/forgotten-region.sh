# Somebody removed it by hand: what names it is shown as it is, and nothing takes its place.
definition
disk os.raw 1 100K
sig region create rack --path rack -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 rack >/dev/null
rm -r store/regions/rack
sig image-version show prod/ubuntu/1.0.0 --query 'publishingProfile.targetRegions[].name' -o tsv
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
sig replicate --verify -o none
ls store/regions
sig audit --query 'findings[].[level, path, text]' -o tsv
sig region create rack --path rack -o none
sig replicate -o none
sig audit --query sound
