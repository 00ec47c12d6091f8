sig gallery list >/dev/full
