sig create prod --subscription other
echo "status $?"
sig create prod --subscription STORE -o tsv --query name
