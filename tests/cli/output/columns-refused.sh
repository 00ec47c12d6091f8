sig gallery create prod --location westus2 -o none
for words in "-c nmae" "-c xyzzy" "-c name,,location" "-c identifier" "-c name -o json" "-c name --query name"; do
    sig gallery list $words
    echo "status $?"
done
sig gallery list -c ''
echo "status $?"
sig gallery delete prod -c name
echo "status $?"
sig -c name gallery delete prod
echo "status $?"
sig gallery list -o tsv --query "[].name"
