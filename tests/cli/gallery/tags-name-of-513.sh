sig gallery create prod --tags "$(printf 't%.0s' $(seq 513))=1"
