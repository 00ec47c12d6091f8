sig create prod >/dev/null
sig account list
sig account list -o table
