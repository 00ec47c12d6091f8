sig gallery create prod >/dev/null && sig gallery list -o table
