sig gallery create prod --compression lz4
