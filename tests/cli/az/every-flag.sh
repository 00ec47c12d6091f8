# Every flag of the Azure CLI's gallery commands is known under its own name, with its short form and its aliases. What is
# printed is what is not: --description of a version, which never did anything.
while read -r line; do
    case $line in
    '' | '#'*) continue ;;
    esac
    command=${line%%:*}
    # shellcheck disable=SC2086 # a command of several words
    sig $command --help >/dev/null 2>&1 || {
        echo "no command: $command"
        continue
    }
    for flag in ${line#*:}; do
        # shellcheck disable=SC2086
        sig $command "$flag=x" --help >/dev/null 2>&1 || echo "$command: $flag"
    done
done <<'EOF'
# what every command has
show: --help -h --output -o --query --subscription --only-show-errors --verbose --debug --acquire-policy-token --change-reference
# galleries
create: --resource-group -g --gallery-name -r --location -l --tags --no-wait --description --permissions --publisher-uri
create: --publisher-email --publisher-contact --eula --public-name-prefix --soft-delete
create: --soft-delete-retention-period --soft-delete-grace-period
create: --system-assigned --mi-system-assigned --user-assigned --mi-user-assigned
show: --gallery-name -r --resource-group -g --ids --select --sharing-groups
list: --resource-group -g --max-items --next-token
update: --gallery-name -r --resource-group -g --ids --location -l --no-wait --set --add --remove --force-string
update: --permissions --publisher-uri --publisher-email --publisher-contact --eula --public-name-prefix --soft-delete
update: --soft-delete-retention-period --soft-delete-grace-period
delete: --gallery-name -r --resource-group -g --ids --no-wait --yes -y
wait: --gallery-name -r --resource-group -g --ids --created --updated --deleted --exists --custom --interval --timeout
wait: --expand --select
# image definitions
image-definition create: -g -r --gallery-image-definition -i --publisher -p --offer -f --sku -s --os-type --location -l --tags
image-definition create: --os-state --hyper-v-generation --architecture --features --minimum-cpu-core --maximum-cpu-core
image-definition create: --minimum-memory --maximum-memory --disallowed-disk-types --plan-name --plan-publisher --plan-product
image-definition create: --end-of-life-date --eula --description --privacy-statement-uri --release-note-uri --no-wait
image-definition show: -r -i -g --ids --gallery-image-name
image-definition list: -g -r --max-items --next-token
image-definition update: -r -i -g --ids --no-wait --set --add --remove --force-string --allow-update-image
image-definition delete: -r -i -g --ids --no-wait --gallery-image-name
image-definition wait: -r -i -g --ids --created --updated --deleted --exists --custom --interval --timeout --gallery-image-name
# image versions
image-version create: -g -r -i --gallery-image-version -e --gallery-image-version-name --location -l --tags --no-wait --managed-image
image-version create: --virtual-machine --image-version --os-snapshot --data-snapshots --data-snapshot-luns --os-vhd-uri
image-version create: --os-vhd-storage-account --data-vhds-uris --data-vhds-storage-accounts --data-vhds-sa --data-vhds-luns
image-version create: --target-regions --replica-count --storage-account-type --target-region-encryption
image-version create: --target-region-cvm-encryption --target-edge-zones --target-edge-zone-encryption --zone-encryption
image-version create: --replication-mode --exclude-from-latest --end-of-life-date --allow-replicated-location-deletion
image-version create: --block-deletion-before-end-of-life --block-delete-before-eol --description --version
image-version show: -r -i -e -g --ids --expand
image-version list: -g -r -i --max-items --next-token --gallery-image-name
image-version update: -g -r -i -e --no-wait --set --add --remove --force-string --target-regions --replica-count
image-version update: --target-edge-zones --allow-replicated-location-deletion --block-deletion-before-end-of-life
image-version update: --block-delete-before-eol
image-version delete: -r -i -e -g --ids --no-wait --bypass-soft-delete
image-version undelete: -g -r -i -e --location --tags --no-wait --allow-replicated-location-deletion
image-version wait: -r -i -e -g --ids --created --updated --deleted --exists --custom --interval --timeout --expand
image-version list-soft-deleted: -g -r -i --max-items --next-token --artifact-type
# other issues
share add: -r -g --ids --subscription-ids --tenant-ids --no-wait
share remove: -r -g --ids --subscription-ids --tenant-ids --no-wait
share enable-community: -r -g --ids --no-wait
share reset: -r -g --ids --no-wait
share wait: -r -g --ids
list-shared: -l --shared-to --max-items --next-token
show-shared: -l --gallery-unique-name --ids
list-community: -l --marker --show-next-marker
show-community: -l --public-gallery-name --ids
identity assign: -g -r --system-assigned --user-assigned --no-wait
identity remove: -g -r --system-assigned --user-assigned --no-wait
identity show: -g -r
EOF
