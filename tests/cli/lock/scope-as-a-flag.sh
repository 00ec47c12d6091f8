# As 'sig role assignment' takes it; the store is said so, too.
definition
sig lock create --scope / --name all --lock-type CanNotDelete --query scope
sig lock create --scope prod/ubuntu --name one --lock-type CanNotDelete --query scope
sig lock update --scope "$(sig gallery show prod --query id -o tsv)/images/ubuntu" --name one --notes why --query '[scope, notes]' -o tsv
sig lock show --scope "/subscriptions/$(sig account show --query id -o tsv)" --name all --query level
sig lock create prod --scope web --name two --lock-type ReadOnly
sig lock create prod --scope / --name two --lock-type ReadOnly
sig lock create --scope /subscriptions/other --name two --lock-type ReadOnly
sig lock delete --scope prod/ubuntu --name one
sig lock delete --scope / --name all
sig lock list
sig activity-log list --operation locks --query '[].resource' -o tsv
