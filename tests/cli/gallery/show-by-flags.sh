sig gallery create prod >/dev/null
sig gallery show --resource-group default --gallery-name prod -o table
