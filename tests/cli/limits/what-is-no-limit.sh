# The command line is read before the store is touched.
sig gallery create prod >/dev/null
cp store/store.json before
sig store update
sig store update --limit
sig store update --limit Gallery
sig store update --limit Galery=200
sig store update --limit Gallery=200 gallery=300
sig store update --limit Gallery=many
sig store update --limit Gallery=-1
sig store update --limit Gallery=1000000001
sig store update --limit GalleryImageVersionReplica=101
cmp before store/store.json
sig store update --limit Gallery=0 -o none
sig gallery create web
sig store update --limit Gallery=default GalleryImage=1000000000 --query 'limits[:2].limit' -o tsv
sig store show --store nowhere
