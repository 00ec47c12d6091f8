sig gallery create prod --tags $(seq 51)
