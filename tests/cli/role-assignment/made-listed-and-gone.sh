# One assignment for each assignee, role and scope; it is listed where it holds, and goes when it is taken away.
definition
sig role-assignment list
sig role assignment create prod --assignee user:root --role reader --description 'a second pair of eyes'
sig role-assignment create prod --assignee root --role READER --query description
sig role-assignment create prod --assignee ROOT --role Reader -o none
sig role assignment create -r prod -i Ubuntu --assignee group:root --role contributor -o none
sig role assignment create --scope PROD/ubuntu --assignee group:root --role Owner -o none
sig role assignment create --scope / --assignee sp:root --role 'compute gallery artifacts publisher' --query '[principalType, scope]' -o tsv
id=$(sig account show --query id -o tsv)
sig role assignment create --scope "/subscriptions/$id" --assignee sp:root --role 'Compute Gallery Artifacts Publisher' --query scope
sig role assignment create --scope "$(sig gallery show prod --query id -o tsv)" --assignee nosuchuser --role Reader -o none
sig role assignment create prod --assignee group:nosuchgroup --role Reader -o none
sig role assignment create prod --assignee user:4711 --role Reader -o none
sig role assignment list -o table
sig role assignment list prod/ubuntu -o table --include-inherited
sig role assignment list --all --assignee group:root -o table
sig role assignment list --scope / --role reader --query '[].[principalName, scope]' -o tsv
sig role assignment delete prod --assignee 4711
sig role assignment delete prod --assignee 4711
sig role assignment delete prod/ubuntu --role owner --assignee group:root
sig role assignment create prod/ubuntu --assignee group:root --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --query roleDefinitionName
sig role assignment list prod/ubuntu --role "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/ACDD72A7-3385-48ef-bd42-f606fba81ae7" --query 'length(@)'
sig role assignment delete prod/ubuntu --role acdd72a7-3385-48ef-bd42-f606fba81ae7
sig role assignment delete prod --role reader
sig role assignment delete --scope / --assignee sp:root
sig role assignment list -o table
sig role assignment delete prod/ubuntu --assignee group:root
sig role assignment list
sig role definition list -o table
sig Role Definition list --query '[].[name, roleName, notActions[0]]' -o tsv
