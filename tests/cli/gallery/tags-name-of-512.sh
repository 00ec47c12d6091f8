sig gallery create prod --tags "$(printf 't%.0s' $(seq 512))=1" >/dev/null
