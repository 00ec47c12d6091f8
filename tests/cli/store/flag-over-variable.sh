sig --store a gallery create prod >/dev/null && ls
