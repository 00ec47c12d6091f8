# script gives a terminal; \033 is shown as ^[.
need_command script
on_terminal() {
    columns=$1
    shift
    script -qec "stty cols $columns; $*" /dev/null </dev/null | tr -d '\r' | sed 's/\x1b/^[/g'
}
sig gallery create prod --location westus2 --description "漢字 and many more words, which nobody reads to the end" -o none
sig gallery create test --location westeurope -o none
export TERM=xterm NO_COLOR=1
for columns in 200 100 80 60 30 1; do
    echo "$columns columns:" && on_terminal $columns sig gallery list -o table
done
echo "a query, in 40:" && on_terminal 40 "sig gallery list --query '[].{name: name, about: description, state: provisioningState}' -o table"
echo "COLUMNS where the terminal does not say:" && COLUMNS=50 on_terminal 0 sig gallery list -o table
echo "a pipe:" && COLUMNS=20 sig gallery list -o table | cat
echo "in colour, in 60:" && unset NO_COLOR && on_terminal 60 sig gallery list -c name,description,state
