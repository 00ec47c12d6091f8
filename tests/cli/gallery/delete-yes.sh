sig gallery create prod >/dev/null
sig gallery delete prod --yes && sig gallery delete prod -y
sig gallery create prod --yes
