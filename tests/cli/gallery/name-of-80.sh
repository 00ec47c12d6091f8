sig gallery create "$(printf 'a%.0s' $(seq 80))" >/dev/null
