sig gallery create Prod >/dev/null
sig gallery delete pROD && sig gallery list
