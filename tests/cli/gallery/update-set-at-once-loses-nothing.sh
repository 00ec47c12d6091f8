sig gallery create prod >/dev/null
for i in 1 2 3 4 5 6 7 8; do
    sig gallery update prod --set tags.t$i=$i >/dev/null &
done
wait
sig gallery show prod --query 'length(tags)'
