# Who may do what where: a row an action (by its command), a column a role on a scope. 0: done, 7: denied. Roles, from the
# left: Owner, Contributor, Reader, Publisher, Image reader, Sharing admin; each on the store, prod, prod/ubuntu, prod/ubuntu/1.0.0.
need_users
umask 002
definition && disk os.raw 1 100K && disk other.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-definition create prod/empty --publisher a --offer b --sku c --os-type Linux >/dev/null
sig gallery create web >/dev/null
sig gallery create bare >/dev/null
sig region create attic >/dev/null
sig gallery update prod --permissions Groups -o none
sig share add prod --subscription-ids "$(sig account show --query id -o tsv)" -o none
sig gallery update web --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso -o none
sig lock create web --name l --lock-type CanNotDelete -o none
chgrp -R nogroup store && find store -type d -exec chmod g+s {} +
unique=$(sig gallery show prod --query identifier.uniqueName -o tsv)
mv store template

# status COMMAND...: of what a user does, in a store that is as it was before.
status() {
    [ -d store ] || cp -a template store
    [ -f roles.json ] && cp -p roles.json store/roles.json
    nobody sig "$@" >out 2>err
    code=$?
    case $code-$* in 7-* | *show* | *export* | *audit* | *usage*) ;; *) rm -rf store ;; esac
    [ $code = 0 ] || { [ $code = 7 ] && grep -q "user 'nobody' may not do 'Microsoft" err; } || sed 's/^/?/' err
    printf ' %s' "$code"
}

while read -r action; do
    printf '%-70s' "$action"
    case $action in *UNIQUE*) action=${action%%UNIQUE*}$unique${action#*UNIQUE} ;; esac
    # shellcheck disable=SC2086
    status $action
    for role in Owner Contributor Reader 'Compute Gallery Artifacts Publisher' 'Compute Gallery Image Reader' 'Compute Gallery Sharing Admin'; do
        printf ' '
        for scope in / prod prod/ubuntu prod/ubuntu/1.0.0; do
            sed "s|ROLE|$role|; s|SCOPE|$scope|" <<'END' >roles.json
{"format": 1, "roleAssignments": [{"name": "a", "principalName": "nogroup", "principalType": "Group", "roleDefinitionName": "ROLE", "scope": "SCOPE"}]}
END
            # shellcheck disable=SC2086
            status $action
        done
    done
    rm roles.json
    rm -rf store
    echo
done <<'END'
gallery show prod
gallery update prod --description x
gallery delete bare
image-definition show prod/ubuntu
image-definition update prod/ubuntu --description x
image-definition delete prod/empty
image-version show prod/ubuntu/1.0.0
image-version show prod/ubuntu/latest
image-version update prod/ubuntu/1.0.0 --exclude-from-latest true
image-version create prod/ubuntu/2.0.0 --os-disk other.raw
image-version delete prod/ubuntu/1.0.0
prune prod/ubuntu --keep-latest 1
prune --free 1 --plan
image-version export prod/ubuntu/1.0.0 -
image-version diff prod/ubuntu/1.0.0 latest
replicate prod/ubuntu/1.0.0
repair prod/ubuntu/1.0.0
audit prod/ubuntu/1.0.0
audit
sweep
lock show web --name l
lock create prod/ubuntu/1.0.0 --name m --lock-type CanNotDelete
lock delete web --name l
role assignment create prod/ubuntu --assignee root --role Reader
role assignment delete prod/ubuntu --assignee root
share add prod --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
share remove prod --tenant-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
share reset prod
share enable-community web
access show prod/ubuntu
gallery list-shared
image-version show-shared UNIQUE/ubuntu/latest
image-version export /SharedGalleries/UNIQUE/Images/ubuntu/Versions/1.0.0 -
region create rack
region delete attic
store update --limit Gallery=7
usage
END
