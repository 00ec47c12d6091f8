need_root
sig gallery create prod >/dev/null
chmod 700 store && chown root store
setpriv --reuid nobody --regid nogroup --clear-groups sig gallery list
