sig gallery create prod >/dev/null
echo '{' >store/store.json
sig gallery list
