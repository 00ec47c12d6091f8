sig gallery create prod >/dev/null
sig gallery show prod -r PROD -o table
