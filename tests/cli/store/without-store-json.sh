sig gallery create prod >/dev/null
mv store/store.json aside
sig gallery list
echo $?
sig gallery create test
echo $?
mv aside store/store.json
sig gallery list -o table
