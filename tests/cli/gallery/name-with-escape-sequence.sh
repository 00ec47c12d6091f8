sig gallery create "$(printf 'a\033[31mred')"
