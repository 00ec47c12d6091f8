sig gallery create prod >/dev/null
mkdir full
touch full/file
sig region create rack --path none/there
sig region create rack --path full
sig region create rack --path store/rack
sig region create rack --path .
sig region create rack --path full/file
sig region create rack --zones a b
sig region create 'Rack 7' --path a
sig region create -- -rack
sig region create rack --display-name a=b
sig region create rack --capacity 5X
sig region create rack --display-name 'West US 2'
sig region create westus2 --display-name 'My West'
sig region create westus2 --cloud AzureChinaCloud
sig region create one --path one -o none
sig region create two --path one
sig region create two --path one/two
sig region create two --path two --display-name ONE
sig region create two --zones a a b
sig region list --query "[?state].name" -o tsv
find . -name region.json
