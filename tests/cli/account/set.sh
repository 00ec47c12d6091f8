sig create prod >/dev/null
sig account set --subscription store && sig account set --subscription STORE && sig account set -s store &&
    sig account set --subscription "$(sig account show --query id -o tsv)"
