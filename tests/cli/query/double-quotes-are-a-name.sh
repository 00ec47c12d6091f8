sig gallery create prod --location westus2 >/dev/null
sig gallery list --query "[?starts_with(name, \"pr\")].name"
