sig gallery create prod >/dev/null
sig gallery show prod -g default -o table
