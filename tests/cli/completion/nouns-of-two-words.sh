# A noun of two words may stand apart, as in the Azure CLI: it is run, explained and completed so.
for words in "rol" "role ''" "role a" "role assignment ''" "role assignment create --role Own" "image ''" "image version sh" "nosuch ''"; do
    echo "$words:"
    eval "sig complete bash -- $words"
done
sig help role assignment | head -n 1
sig help role assignment create | head -n 1
sig help image version show | head -n 1
sig help role assignment creat
sig help gallery create prod
sig help role
sig Image Definition list nowhere
