sig gallery create "$(printf 'a%.0s' $(seq 5000))"
