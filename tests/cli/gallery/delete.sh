sig gallery create prod >/dev/null
sig gallery delete prod && find store -name 'prod*'
