sig create prod >/dev/null
sig account set --subscription 00000000-0000-0000-0000-000000000000
sig account set -s production
