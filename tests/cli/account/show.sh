sig create prod >/dev/null
sig account show
