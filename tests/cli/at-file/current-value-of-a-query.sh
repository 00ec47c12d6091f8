sig gallery create prod >/dev/null
for query in "@" "@.[name]" "@[0]" "@ | type(@)" "@.name" "@ == 'x'"; do
    sig gallery show prod --query "$query" -o tsv >/dev/null || echo "$query"
done
echo location >query
sig gallery show prod --query @./query
mkdir in
cd in
sig --store ../store gallery show prod --query @../query
sig --store ../store gallery show prod --query "@$PWD/../query"
sig --store ../store gallery show prod --query "@@.name"
