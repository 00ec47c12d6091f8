sig gallery create prod -g "$(printf 'g%.0s' $(seq 90))" >/dev/null
