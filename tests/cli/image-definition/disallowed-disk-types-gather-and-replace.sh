sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --disallowed-disk-types A B --disallowed-disk-types C >/dev/null
sig image-definition show prod/a | sed -n '/diskTypes/,/]/p'
sig image-definition update prod/a --disallowed-disk-types D | sed -n '/diskTypes/,/]/p'
