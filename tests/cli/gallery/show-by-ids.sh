sig gallery create prod >/dev/null
sig gallery show --ids "$(sig gallery show prod | sed -n 's/.*"id": "\(.*\)".*/\1/p')" -o table
