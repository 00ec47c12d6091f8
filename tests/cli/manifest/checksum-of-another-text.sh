# A bit that flips in a value leaves JSON that is as good as before: the checksum tells. Taken out, the manifest counts as it is, and gets
# one again when it is written.
sig gallery create prod --description text >/dev/null
sed -i 's/text/tex4/' store/galleries/prod/gallery.json
sig gallery show prod; echo $?
sig gallery update prod --tags a=b; echo $?
sig audit | grep -e level -e '"text"' -e hint
sed -i /checksum/d store/galleries/prod/gallery.json
sig gallery update prod --tags a=b | grep description && grep -c '"checksum"' store/galleries/prod/gallery.json
sig gallery show prod | grep description
