# Whoever makes a lock is told when what it is on was deleted while he waited.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
# An update is halted where it has its gallery's lock, and writes.
walk '[ -n "$(find store/galleries/prod -name ".sig-*")" ]' gallery update prod --description x -o none
sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete --verbose >made 2>said &
maker=$!
until grep -q 'waiting for lock' said; do sleep 0.05; done
mv store/galleries/prod/images/ubuntu/versions/1.0.0 away
go_on
wait $maker
echo "status $?"
cat made && grep '^sig: cannot' said
mv away store/galleries/prod/images/ubuntu/versions/1.0.0
sig lock list
