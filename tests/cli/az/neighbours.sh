# What scripts do beside 'az sig': roles by the id of a gallery, locks, the activity log.
. "$ROOT/examples/az-shim"
az sig create -g rg -r prod -o none
id=$(az sig show -g rg -r prod --query id -o tsv)
az role assignment create --role Reader --assignee root --scope "$id" --query roleDefinitionName
az role assignment list --scope "$id" --query 'length(@)'
az lock create --name keep --lock-type CanNotDelete --scope "$id" --query level
az sig delete -g rg -r prod
az lock delete --name keep --scope "$id"
az monitor activity-log list -g rg --offset 1d --max-events 3 --query '[].[operationName.value, status.value, resourceId]' -o tsv
az monitor activity-log list --resource-id "$id" --status Failed --query '[].caller' -o tsv
az monitor metrics list
az vm list
