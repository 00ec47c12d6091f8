# A publish that is committed is told while its copies are made, and once.
definition && disk os.raw 1 100K
unset SIG_RANDOM
log() {
    sig activity-log list prod/ubuntu/1.0.0 --query '[].status.value' -o tsv
}
walk '[ -e store/galleries/prod/images/ubuntu/versions/1.0.0/replication/northeurope.json ]' \
    image-version create prod/ubuntu/1.0.0 --os-disk os.raw --target-regions westus2 northeurope -o none
log
sig gallery create beside -o none
log
go_on
log
ls store/activity/open
