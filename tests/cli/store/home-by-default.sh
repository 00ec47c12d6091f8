unset SIG_STORE
sig gallery create prod >/dev/null && find . -name store.json
