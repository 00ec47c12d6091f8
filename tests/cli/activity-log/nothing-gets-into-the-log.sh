# Whatever a value holds, an entry is one line, and a terminal does nothing that it says.
definition
evil=$(printf 'a\nb\r\033[2J\033]0;title\007\302\233 "},{"caller":"root"}\177\342\200\256x')
sig gallery update prod --description "$evil" -o none
sig gallery update prod --tags "k=$evil" -o none
sig image-definition update prod/ubuntu --description "$evil" --set "tags.x=$evil" -o none
sig lock create prod --name x --lock-type CanNotDelete --notes "$evil" -o none
sig gallery update "$evil" --description x
wc -l <store/activity/2026-01.jsonl
sig activity-log list --query 'length(@)'
LC_ALL=C grep -c "$(printf '[\001-\037\177]')" store/activity/2026-01.jsonl
for format in json jsonc yaml table tsv; do
    sig activity-log list -o $format | LC_ALL=C tr -d '\n\t' | LC_ALL=C grep -c "$(printf '[\001-\037\177]')"
done
sig activity-log list --operation galleries/write --query '[].changes[]' -o json
