sig gallery create prod >/dev/null
sig gallery create prod --compression zlib
