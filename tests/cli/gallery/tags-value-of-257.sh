sig gallery create prod --tags a="$(printf 't%.0s' $(seq 257))"
