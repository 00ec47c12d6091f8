# Whoever reads takes the replica of the region that fewest others read; who was killed, or has ended, does not count.
definition
disk os.raw 1 4M
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2=2 northeurope >/dev/null

# All write to a pipe that nobody reads.
mkfifo pipe
exec 9<>pipe

# An export that is held; says which replica it reads.
held() {
    : >held.err
    sig image-version export prod/ubuntu/1.0.0 - --debug "$@" >&9 2>>held.err &
    exporter=$!
    until grep -q 'reading from' held.err; do
        kill -0 $exporter || return
        sleep 0.02
    done
    sed -n 's/.*reading from replica/reading from/p' held.err
    exporters="$exporters $exporter"
}
exporters=
held
first=$exporter
held
second=$exporter
held
held
echo "--- elsewhere nobody reads"
held --region northeurope
echo "--- one of them is killed"
kill -KILL $second
wait $second 2>/dev/null
held
echo "--- and another one stopped, which reads all the same"
kill -STOP $first
held

echo "--- nobody has to wait for readers"
disk new.raw 2 1M
sig image-version create prod/ubuntu/1.1.0 --os-disk new.raw --target-regions westus2=2 --lock-wait 0 --query name
sig image-version delete prod/ubuntu/1.1.0
sig sweep --lock-wait 0 --query '[replicas, disks, blobs]' -o tsv
sig audit --query '[sound, findings]' -o json
kill -KILL $exporters 2>/dev/null
wait 2>/dev/null

echo "--- without the file, or the right to open it, one reads all the same"
rm store/regions/westus2/standard_lrs/1/readers
chmod 0 store/regions/westus2/standard_lrs/2/readers
sig image-version export prod/ubuntu/1.0.0 - | same - os.raw
