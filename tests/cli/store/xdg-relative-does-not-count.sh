SIG_STORE= XDG_DATA_HOME=xdg sig gallery create prod >/dev/null && find . -name store.json
