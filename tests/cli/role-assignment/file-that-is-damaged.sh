# Nobody knows who may what: only root and the store's owner go on. What was deleted leaves a role on nothing.
need_users
umask 002
definition
sig role assignment create prod --assignee user:nobody --role Contributor -o none
chgrp -R nogroup store && find store -type d -exec chmod g+s {} +
cp -p store/roles.json saved
nobody sig gallery update prod --description x --query description
patch store/roles.json 40 ZZZ
nobody sig gallery show prod --query name
nobody sig gallery list
sig gallery show prod --query name
sig role assignment list
sig role assignment delete prod --assignee nobody
sig audit --query 'findings[].[level, path, text]' -o tsv
for odd in '{"name": "a", "principalName": "nobody", "principalType": "User", "roleDefinitionName": "Owner", "scope": "prod/ubuntu/latest"}' \
    '{"name": "a", "principalName": "nobody", "principalType": "User", "roleDefinitionName": "King", "scope": "/"}' \
    '{"name": "a", "principalType": "User", "roleDefinitionName": "Owner", "scope": "/"}'; do
    sed "/checksum/d; s|\"roleAssignments\": \[|&$odd,|" saved >store/roles.json
    nobody sig gallery show prod --query name
done
chmod 600 store/roles.json
nobody sig gallery show prod --query name
cp -p saved store/roles.json
sed -i 's/"format": 1/"format": 99/; /checksum/d' store/roles.json
nobody sig gallery show prod --query name
cp -p saved store/roles.json
nobody sig gallery show prod --query name
# The file system decides only where there never was one.
sig role assignment delete prod --assignee nobody
nobody sig gallery show prod --query name
nobody sig role assignment create prod --assignee nobody --role Owner
sig role assignment create prod/ubuntu --assignee nobody --role Reader -o none
sig image-definition delete prod/ubuntu
sig audit --query 'findings[].[level, path, text]' -o tsv
