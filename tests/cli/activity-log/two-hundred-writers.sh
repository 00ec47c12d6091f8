# Whoever writes at once, each entry is whole and there once.
unset SIG_RANDOM
n=0
while [ $((n += 1)) -le 10 ]; do sig gallery create g$n -o none; done
n=0
while [ $((n += 1)) -le 200 ]; do
    sig gallery update g$((n % 10 + 1)) --set tags.t$((n % 40))=$n -o none &
done
wait
sig activity-log list --query 'length(@)'
sig activity-log list --query '[].eventDataId' -o tsv | sort -u | wc -l
sig activity-log list --query '[].correlationId' -o tsv | sort -u | wc -l
# Each value that was written is told once, and what is there now is what was told last.
sig activity-log list --query '[].changes[].newValue' -o tsv | sort -u | wc -l
sig audit --query '[sound, findings]'
ls store/activity/open
