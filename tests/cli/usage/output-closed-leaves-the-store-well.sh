sig gallery create prod >&- 2>&- <&-
sig gallery list -o table
cat store/lock
