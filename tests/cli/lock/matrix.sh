# What each lock forbids where: a row an action, a column a lock. 4: refused; 0: done.
definition && disk os.raw 1 100K && disk other.raw 2 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-definition create prod/empty --publisher a --offer b --sku c --os-type Linux >/dev/null
sig gallery create web >/dev/null
sig gallery update prod --permissions Groups -o none
sig region create attic --path attic -o none
mv store template

# column LEVEL SCOPE COMMAND...: the status of the command in a store with that lock.
column() {
    cp -a template store
    # shellcheck disable=SC2086
    sig lock create $2 --name l --lock-type "$1" -o none
    level=$1 on="the store"
    [ -z "$2" ] || on="'$2'"
    shift 2
    sig "$@" >out 2>err
    printf '\t%s' $?
    sed -i '/^sig: note:/d' err
    [ ! -s err ] || grep -q "lock 'l' ($level) of $on forbids" err || sed 's/^/?/' err
    rm -r store
}

printf '\t%s' C:store C:prod C:ubuntu C:1.0.0 R:store R:prod R:ubuntu R:1.0.0
echo
while read -r action; do
    printf '%s' "$action"
    for level in CanNotDelete ReadOnly; do
        for scope in '' prod prod/ubuntu prod/ubuntu/1.0.0; do
            # shellcheck disable=SC2086
            column $level "$scope" $action
        done
    done
    echo
done <<'END'
gallery create new
gallery update prod --description x
gallery delete web
image-definition create prod/new --publisher a --offer b --sku d --os-type Linux
image-definition update prod/ubuntu --description x
image-definition delete prod/empty
image-version create prod/ubuntu/next --os-disk other.raw
image-version create prod/ubuntu/1.0.0 --os-disk os.raw
image-version create prod/ubuntu/2.0.0 --os-disk other.raw --plan
image-version update prod/ubuntu/1.0.0 --add-regions northeurope
image-version update prod/ubuntu/1.0.0 --add-regions northeurope --plan
image-version delete prod/ubuntu/1.0.0
image-version delete prod/ubuntu/1.0.0 --plan
image-version delete prod/ubuntu/3.0.0
image-version delete prod/ubuntu/3.0.0 --plan
gallery update prod --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso
share add prod --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
share reset prod
identity assign prod --system-assigned
identity remove prod --system-assigned
region create rack
region create attic --path attic
region update attic --capacity 1G
region delete attic
region delete rack
store update --limit Gallery=3
store update --limit Gallery=default
image-version show prod/ubuntu/1.0.0
image-version export prod/ubuntu/1.0.0 -
replicate --verify
audit
repair
sweep
lock create prod --name other --lock-type ReadOnly
END
