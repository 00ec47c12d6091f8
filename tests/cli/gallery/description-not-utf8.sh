sig gallery create prod --description "$(printf 'caf\351')"
