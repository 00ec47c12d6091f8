mkdir -p store/galleries && touch store/lock
sig gallery create prod >/dev/null
