# Between the plan and the deletion others may be at it: what is there by then decides.
definition && disk os.raw 1 300K
for version in 1.0.0 1.1.0 1.2.0 2.0.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
versions=store/galleries/prod/images/ubuntu/versions
# An update is halted where it has its gallery's lock, which the prune waits for then.
walk '[ -n "$(find store/galleries/prod -name ".sig-*")" ]' gallery update prod --description x -o none
sig prune --keep-latest 1 --verbose --query '[[bytesFreed], versions[].[name, action, rule]][]' -o tsv >done 2>said &
pruner=$!
until [ -e said ] && grep -q 'waiting for lock' said; do sleep 0.05; done
mv $versions/2.0.0 $versions/1.0.0 .
go_on
wait $pruner
echo "status $?"
cat done
sig image-version list prod/ubuntu --query '[].name' -o tsv
# A lock that came meanwhile holds, too.
mv 1.0.0 2.0.0 $versions
walk '[ -n "$(find store/galleries/prod -name ".sig-*")" ]' gallery update prod --description y -o none
rm said
sig prune --keep-latest 1 --verbose --query 'versions[].[name, action, rule, details]' -o tsv >done 2>said &
pruner=$!
until [ -e said ] && grep -q 'waiting for lock' said; do sleep 0.05; done
echo '{"format": 1, "locks": [{"name": "late", "level": "CanNotDelete", "scope": "prod/ubuntu/1.2.0"}]}' >store/locks.json
go_on
wait $pruner
echo "status $?"
cat done
