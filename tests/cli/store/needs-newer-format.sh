sig gallery create prod >/dev/null
sed -i -e /checksum/d -e 's/"format": 1/"format": 2/' store/store.json
sig gallery list
