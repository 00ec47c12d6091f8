mkdir -p store/lost+found
sig gallery create prod >/dev/null && sig gallery list -o table
