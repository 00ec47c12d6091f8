# Nothing is written for what is wrong.
sig role assignment create --scope / --assignee root --role Reader
sig role assignment list
sig role assignment delete --scope / --assignee root
definition
sig role assignment create --assignee root --role Reader
sig role assignment create prod --role Reader
sig role assignment create prod --assignee root
sig role assignment create prod --assignee root --role Writer
sig role assignment create prod --assignee user: --role Reader
sig role assignment create prod --assignee 'user:a b' --role Reader
sig role assignment create prod --assignee robot:a --role Reader
sig role assignment create nowhere --assignee root --role Reader
sig role assignment create prod/ubuntu/1.0.0 --assignee root --role Reader
sig role assignment create prod/ubuntu/latest --assignee root --role Reader
sig role assignment create -g default --assignee root --role Reader
sig role assignment create prod --scope / --assignee root --role Reader
sig role assignment create prod --scope web --assignee root --role Reader
sig role assignment create --scope /subscriptions/other --assignee root --role Reader
sig role assignment create --scope /somewhere --assignee root --role Reader
sig role assignment delete prod
sig role assignment delete --assignee root
sig role assignment list --assignee 'a:b'
sig role assignment
sig role
ls store | tr '\n' ' '
