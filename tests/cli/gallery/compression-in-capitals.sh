sig gallery create prod --compression ZLIB | grep compression
