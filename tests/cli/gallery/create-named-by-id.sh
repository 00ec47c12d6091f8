sig gallery create prod >/dev/null
sig gallery create "$(sig gallery show prod -o json | sed -n 's|.*"id": "\(.*\)prod".*|\1|p')second" -o table
