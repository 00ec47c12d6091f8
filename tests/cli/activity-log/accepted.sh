# What another process does is one thing with what it was accepted from.
definition && disk os.raw 1 100K
unset SIG_RANDOM
sig image-version create prod/ubuntu/next --os-disk os.raw --no-wait
sig image-version wait prod/ubuntu/0.0.1 --created
while [ "$(sig activity-log list prod/ubuntu/0.0.1 --query 'length(@)')" != 2 ]; do sleep 0.1; done
sig activity-log list prod/ubuntu --query '[].[operationName.value, resource, status.value]' -o tsv
sig activity-log list prod/ubuntu/0.0.1 --query '[].correlationId' -o tsv | uniq | wc -l
# What is accepted and cannot be done.
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --no-wait &&
    sig image-version delete prod/ubuntu/2.0.0
sig activity-log list prod/ubuntu/2.0.0 --operation delete --query '[].status.value' -o tsv
