sig gallery create prod >/dev/null
sed -i '/storeId/d' store/store.json
sig gallery list
