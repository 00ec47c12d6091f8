sig gallery create prod --description "$(printf 'd%.0s' $(seq 4097))"
