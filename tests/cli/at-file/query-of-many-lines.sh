sig gallery create prod >/dev/null
echo "[].{Name: name,
  Where: location}" >query
sig gallery list --query @query -o table
