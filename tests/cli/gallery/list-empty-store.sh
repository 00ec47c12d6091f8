sig gallery create prod >/dev/null && sig gallery delete prod
for format in json table tsv; do echo $format; sig gallery list -o $format; done
