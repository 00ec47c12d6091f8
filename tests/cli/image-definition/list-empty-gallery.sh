sig gallery create prod >/dev/null
for format in json table tsv; do echo $format; sig image-definition list prod -o $format; done
