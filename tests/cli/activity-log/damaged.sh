# A damaged line is told, the others stand; what a killed process has begun to write is no line.
definition
sig gallery update prod --description one -o none
sig gallery update prod --description two -o none
log=store/activity/2026-01.jsonl
cp $log whole
patch $log 100 X
sig activity-log list --query 'length(@)'
echo "= $?"
sig audit --query '[sound, findings[].[level, path, text]]'
echo "= $?"
cp whole $log
printf '{"checksum":"0123' >>$log
sig activity-log list --query 'length(@)' && sig audit --query 'findings'
sig gallery update prod --description three -o none
sig activity-log list --query 'length(@)' && sig audit --query 'findings' && wc -l <$log
# Lines that are gone, moved or made up: a line says what it says, or nothing.
sed 2d whole >$log && sig activity-log list --query 'length(@)'
sed 's/Succeeded/Failed/' whole >$log && sig activity-log list --query 'length(@)'
printf '\n{}\n[]\nnull\n%s\n' "$(head -c 2000000 /dev/zero | tr '\0' x)" >>$log
sig activity-log list --query 'length(@)'
echo "= $?"
tr '\n' '\0' <whole >$log && sig activity-log list --query 'length(@)'
# More than a line that was begun is not taken away.
tr '\n' '\0' <whole >$log && head -c 2000000 /dev/zero | tr '\0' x >>$log
sig gallery update prod --description more -o none && stat -c %s $log
sig activity-log list --query '[].changes[0].newValue' -o tsv
rm $log && mkdir $log && sig activity-log list
sig gallery update prod --description four --query description
rmdir $log
sig gallery update prod --description five -o none
sig activity-log list --query '[].[status.value, changes[0].newValue]' -o tsv
ls store/activity/open
