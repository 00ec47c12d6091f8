# What another process does is one thing with what it was accepted from.
definition && disk os.raw 1 100K
unset SIG_RANDOM
sig image-version create prod/ubuntu/next --os-disk os.raw --no-wait
workers_end
sig activity-log list prod/ubuntu/1.0.0 --query '[].[operationName.value, resource, status.value]' -o tsv | sort
sig activity-log list prod/ubuntu/1.0.0 --query '[].correlationId' -o tsv | uniq | wc -l
# What is accepted and cannot be made any more; and what is given up before it is.
definition prod/debian
accepted image-version create prod/debian/1.0.0 --os-disk os.raw
rm os.raw
sig replicate prod/debian/1.0.0 -o none
sig image-version delete prod/debian/1.0.0
sig activity-log list prod/debian/1.0.0 --query '[].[operationName.value, status.value, subStatus.value, description]' -o tsv | sort
sig activity-log list prod/debian/1.0.0 --query '[].correlationId' -o tsv | sort -u | wc -l
