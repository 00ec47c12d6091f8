sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --tags a=1 --minimum-memory 2 --maximum-memory 4 \
    --minimum-cpu-core 1 --maximum-cpu-core 2 --eula e --description d --release-note-uri r --privacy-statement-uri p \
    --end-of-life-date 2027-01-01 --disallowed-disk-types X >/dev/null
sig image-definition update prod/a --tags "" --minimum-memory "" --maximum-memory= --minimum-cpu-core "" \
    --maximum-cpu-core "" --eula "" --description= --release-note-uri "" --privacy-statement-uri "" \
    --end-of-life-date "" --disallowed-disk-types ""
