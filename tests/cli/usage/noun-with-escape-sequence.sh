sig "$(printf '\033[31m')"
