sig gallery create prod --tags a="$(printf 't%.0s' $(seq 256))" >/dev/null
