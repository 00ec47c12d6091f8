sig gallery create prod --description "$(printf 'red \033[31m\ttab\nline \\ \177 \302\233 \342\200\256end')" >/dev/null
sig gallery list -o table
