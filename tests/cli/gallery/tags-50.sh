sig gallery create prod --tags $(seq 50) >/dev/null
