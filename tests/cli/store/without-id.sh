sig gallery create prod >/dev/null
sed -i -e /checksum/d -e '/storeId/d' store/store.json
sig gallery list
