definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
eastus=store/regions/eastus/standard_lrs
record=store/galleries/prod/images/ubuntu/versions/1.0.0/replication/eastus.json
targets="update prod/ubuntu/1.0.0 --target-regions westus2"

# said WHAT: what has happened, and what state that leaves eastus and the version in.
said() {
    printf '%s: ' "$1"
    sig image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus -o tsv --query "replicationStatus.
        [aggregatedState, summary[?region=='East US'].join(' ', [state, to_string(replicaCount)]) | [0]]" | paste -s -d ,
}

in_the_way() {
    mv store/regions/eastus aside 2>/dev/null
    : >store/regions/eastus
}

out_of_the_way() {
    rm store/regions/eastus
    [ ! -e aside ] || mv aside store/regions/eastus
}

said 'no target'
walk 'grep -qs Replicating $record' image-version $targets eastus >walked
said 'none, copying'
kill -KILL $walker
wait $walker 2>/dev/null
said 'copying, killed'
in_the_way
sig replicate >out 2>&1
said "killed, failed with $?"
sig replicate >out 2>&1
said "failed, failed again with $?"
out_of_the_way
walk 'grep -qs Replicating $record' replicate >walked
said 'failed, copying'
go_on
said "copying, copied with $?"
sig replicate >out 2>&1
said "complete, nothing to do with $?"
walk 'grep -qs Replicating $record' image-version $targets eastus=2 >walked
said 'complete, one more is copied'
kill -KILL $walker
wait $walker 2>/dev/null
in_the_way
sig replicate >out 2>&1
said "one more killed, failed with $?"
out_of_the_way
sig replicate >out 2>&1
said "one more failed, copied with $?"
sig image-version $targets eastus=1 >out
said 'two complete, one wanted'
mv $eastus/1 lost
sig replicate >out 2>&1
said "complete and gone, copied with $?"
for replica in store/regions/*/*/[12]; do
    [ ! -e $replica ] || mv $replica/blobs $replica/gone
done
sig replicate --verify >out 2>&1
said "damaged everywhere, failed with $?"
for replica in store/regions/*/*/[12]; do
    [ ! -e $replica ] || { rm -rf $replica/blobs; mv $replica/gone $replica/blobs; }
done
sig replicate >out 2>&1
said "put back, complete with $?"
rm -r store/galleries/prod/images/ubuntu/versions/1.0.0/replication
said 'complete, its state is lost'
sig replicate >out 2>&1
said "state lost, complete with $?"
sig image-version $targets --allow-replicated-location-deletion >out
said 'complete, no target any more'
sig image-version $targets eastus >out
said 'a target again'
sig image-version export prod/ubuntu/1.0.0 - --region eastus | same - os.raw
