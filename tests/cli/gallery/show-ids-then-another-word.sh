sig gallery create prod >/dev/null
id=$(sig gallery show prod | sed -n 's/.*"id": "\(.*\)",/\1/p')
sig gallery show --ids "$id" another
