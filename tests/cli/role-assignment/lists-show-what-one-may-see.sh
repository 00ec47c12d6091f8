# Lists leave out what the caller may not read, and say nothing of it; pages have what is left.
need_users
umask 002
definition && disk os.raw 1 100K
definition prod/debian && definition web/ubuntu && sig gallery create hidden -o none
for version in prod/ubuntu/1.0.0 prod/ubuntu/2.0.0 prod/ubuntu/3.0.0 prod/debian/1.0.0 web/ubuntu/1.0.0; do
    sig image-version create $version --os-disk os.raw -o none
done
sig lock create prod/ubuntu/2.0.0 --name seen --lock-type ReadOnly -o none
sig lock create hidden --name unseen --lock-type ReadOnly -o none
for scope in web prod/ubuntu/1.0.0 prod/ubuntu/3.0.0 prod/debian; do
    sig role assignment create $scope --assignee user:nobody --role Reader -o none
done
sig role assignment create prod --assignee group:daemon --role Owner -o none
chgrp -R nogroup store && find store -type d -exec chmod g+s {} +
see() {
    echo "$*:"
    nobody sig "$@" -o tsv
}
see gallery list --query '[].name'
see image-definition list prod --query '[].name'
see image-definition list hidden --query '[].name'
see image-version list prod/ubuntu --query '[].name'
see image-version list prod/ubuntu --query '[].name' --max-items 1
see image-version list prod/ubuntu --query '[].name' --max-items 1 --next-token 1.0.0
see image-version list prod/debian --query '[].name'
see image-version show prod/ubuntu/2.0.0
see image-version show prod/ubuntu/latest
see image-version show prod/ubuntu/3.0.0 --query name
see image-version show nowhere/ubuntu/3.0.0 --query name
see lock list --query '[].name'
see replicate prod web
see replicate --watch prod
see role assignment list --query '[].scope'
nobody sig complete bash -- image-version show prod/ubuntu/
nobody sig complete bash -- gallery show ""
# What the user's groups may, he may; what another's may, he may not.
sig role assignment create hidden --assignee group:nogroup --role Reader -o none
see gallery list --query '[].name'
sig role assignment delete hidden --assignee group:nogroup
see gallery list --query '[].name'
