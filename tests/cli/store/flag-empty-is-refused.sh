sig --store '' gallery create prod >/dev/null && ls
