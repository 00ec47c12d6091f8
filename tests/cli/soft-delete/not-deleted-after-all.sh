# A deletion that was killed, or that fails, leaves a version that is there: to undelete it, changed, is no success.
exec 2>&1
keeping
record=store/galleries/prod/images/ubuntu/versions/1.0.0/deletion.json
walk "[ -e $record ]" image-version delete prod/ubuntu/1.0.0
kill -KILL "$walker"
recorded() {
    [ ! -e "$record" ] || echo "it has a record"
}
try() {
    sig image-version undelete prod/ubuntu/1.0.0 "$@"
    echo "status $?"
    recorded
}
try --tags x=y
try --location northeurope
try --allow-replicated-location-deletion
# One that has it already may have been brought back by a command that was killed as well.
sig image-version update prod/ubuntu/1.0.0 --tags x=y -o none
try --tags x=y --query tags
# One that is not killed takes back what it has written.
mkdir -p store/trash/prod+ubuntu+1.0.0
sig image-version delete prod/ubuntu/1.0.0
echo "status $?"
recorded
rmdir store/trash/prod+ubuntu+1.0.0
mv store/activity away && echo >store/activity
sig image-version delete prod/ubuntu/1.0.0
echo "status $?"
recorded
