sig region list -o tsv | cut -f 4 | while read -r name; do
    sig gallery create "in_$name" --location "$name" >/dev/null || echo "$name"
done
