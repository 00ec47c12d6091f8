mkdir real && ln -s real store
sig gallery create prod >/dev/null && ls real
