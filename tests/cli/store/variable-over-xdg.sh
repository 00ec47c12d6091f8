XDG_DATA_HOME=$PWD/xdg sig gallery create prod >/dev/null && ls
