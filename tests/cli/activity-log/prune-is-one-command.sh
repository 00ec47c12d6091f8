# Each version that a policy deletes has an entry; all are of one command.
definition && disk os.raw 1 100K
unset SIG_RANDOM
for version in 1.0.0 1.1.0 1.2.0 1.3.0; do
    sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
sig prune --keep-latest 2 --plan -o none
sig prune --keep-latest 2 -o none
sig activity-log list --operation delete --query '[].[resource, status.value]' -o tsv
sig activity-log list --operation delete --query '[].correlationId' -o tsv | uniq | wc -l
sig activity-log list --operation delete --query '[].eventDataId' -o tsv | sort -u | wc -l
sig gallery delete prod --recursive
sig activity-log list --operation galleries/delete --query '[].[resource, status.value]' -o tsv
