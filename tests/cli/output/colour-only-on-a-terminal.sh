# script gives a terminal; \033 is shown as ^[.
need_command script
on_terminal() {
    script -qec "$*" /dev/null </dev/null | tr -d '\r' | sed 's/\x1b/^[/g'
}
sig gallery create prod --location westus2 --tags team=web >/dev/null
show="sig gallery show prod --query '{name: name, tags: tags, is: name == name, none: nothing}' -o"
export TERM=xterm
for format in jsonc yamlc json yaml; do
    echo "$format:" && on_terminal "$show $format"
done
echo "NO_COLOR:" && NO_COLOR=1 on_terminal "$show jsonc"
echo "NO_COLOR is empty:" && NO_COLOR='' on_terminal "$show yamlc"
echo "TERM=dumb:" && TERM=dumb on_terminal "$show yamlc"
echo "to a pipe:" && eval "$show jsonc" | cat
