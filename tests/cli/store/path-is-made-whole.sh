sig --store a/b/c gallery create prod >/dev/null && ls a/b/c
