# Galleries, definitions and versions, by name or by id: each version once, where it was met first.
definition && definition other/debian && definition prod/windows && disk os.raw 1 1M && disk two.raw 2 1M
for ref in prod/ubuntu/1.0.0 prod/ubuntu/2.0.0 prod/windows/1.0.0 other/debian/1.0.0; do
    sig image-version create $ref --os-disk os.raw --target-regions westus2 westeurope >/dev/null
done
lose() { rm -r store/regions/westeurope/* store/replicas/westeurope*; rm store/galleries/*/images/*/versions/*/replication/westeurope.json; }
said() { sed -n 's/.*"id".*galleries\///p'; }
lose
echo '--- what would be done'
sig replicate other prod/ubuntu/2.0.0 prod/ubuntu OTHER/debian --plan --query references -o tsv
echo '--- done'
sig replicate other prod/ubuntu/2.0.0 prod/ubuntu OTHER/debian | said
echo '--- how far it is'
sig replicate prod other/debian --status --query '[].[id, replicationStatus.aggregatedState]' -o tsv | sed 's/.*galleries//'
echo '--- ids from a pipe'
lose
sig image-version list prod/ubuntu | sig replicate --ids - | said
sig image-version list prod/windows --query '[].id' -o tsv | sig replicate --status --ids - | said
echo '[]' | sig replicate --ids -
echo '--- what is not there keeps none from the others'
sig replicate prod/nothing prod/windows other/debian/9.0.0 other/debian/1.0.0 | said
sig replicate prod/ubuntu/9.0.0 other -o none; echo "status $?"
sig replicate prod web/a/b/c; sig replicate prod 'a b'; sig audit prod other; echo "status $?"
