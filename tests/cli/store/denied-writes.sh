need_root
sig gallery create prod >/dev/null
chmod -R a+rX . && chmod a-w -R store
setpriv --reuid nobody --regid nogroup --clear-groups sig gallery update prod --description x
