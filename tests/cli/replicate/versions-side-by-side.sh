# Versions that want different regions are copied at the same time; in one region they keep their order, so that
# what they share is counted for the first of them, whatever the number of jobs.
definition && disk os.raw 1 300K
set -- westeurope northeurope eastus southeastasia
for n in 0 1 2 3 4 5 6 7 8 9 10 11; do
    cp os.raw $n.raw && patch $n.raw $((n * 20000)) "change $n"
    sig image-version create prod/ubuntu/$n.0.0 --os-disk $n.raw --target-regions westus2 $1 >/dev/null
    first=$1 && shift && set -- "$@" $first
done
for jobs in 1 2 4 64; do
    rm -r store/regions/[!w]* store/regions/westeu* store/replicas/[!w]* store/replicas/westeu*
    rm store/galleries/prod/images/ubuntu/versions/*/replication/[!w]*.json store/galleries/prod/images/ubuntu/versions/*/replication/westeu*.json
    echo mine >store/regions/northeurope
    sig replicate --jobs $jobs >said.$jobs 2>&1
    echo "status $?"
    rm store/regions/northeurope
    sig replicate --jobs $jobs >>said.$jobs 2>&1
    same said.1 said.$jobs
done
grep -e "^sig" -e "^hint" said.1
sig replicate --status --query '[].[name, replicationStatus.summary[1].region, replicationStatus.summary[1].copiedBytes, replicationStatus.summary[1].reusedBytes]' -o tsv
sig audit --query sound
