sig region list -o tsv | cut -f 3 | while read -r name; do
    sig gallery create g$((count = count + 1)) --location "$name" >/dev/null || echo "$name"
done
