# Members of a group work in one store, whatever their umask; nobody else reads it. Users and groups are numbers that no
# account has.
need_users
as() {
    user=$1
    shift
    setpriv --reuid "$user" --regid "$user" --groups 70999 "$@"
}
stranger() {
    setpriv --reuid 70003 --regid 70003 --clear-groups "$@"
}
# How much there is whose group or rights are not what they shall be.
wrong() {
    find "$@" \( ! -group 70999 -o -perm /007 -o -type d ! -perm 2770 -o -type f ! -perm 0660 \) ! -path '*/work/*' | sort
}
umask 077
mkdir disks && disk disks/os.raw 1 300K && disk disks/other.raw 2 300K && chmod -R a+rX . disks
sig store init --shared 70999 --query sharedWith
as 70001 sig gallery create prod --location westus2 -o none
as 70001 sig image-definition create prod/ubuntu --publisher a --offer b --sku c --os-type Linux -o none
as 70001 sig image-version create prod/ubuntu/1.0.0 --os-disk disks/os.raw --target-regions westus2=2 northeurope -o none
as 70002 sig image-version create prod/ubuntu/next --os-disk disks/other.raw --target-regions westus2 northeurope --query name
as 70002 sig image-version update prod/ubuntu/1.0.0 --description x
as 70002 sig image-version update prod/ubuntu/1.0.0 --exclude-from-latest true -o none
as 70001 sig image-version export prod/ubuntu/latest - | same - disks/other.raw
as 70001 sig image-version delete prod/ubuntu/1.0.1
as 70002 sig sweep --query disks
as 70002 sig image-version create prod/ubuntu/2.0.0 --os-disk disks/other.raw --no-wait
as 70001 sig image-version wait prod/ubuntu/2.0.0 --created --interval 1
# Work is done by who has accepted it, or by root.
accepted_by() {
    cp -a store .counted
    SIG_STORE=.counted SIG_FAULT=0:count SIG_FAULT_LOG=.calls as "$1" "$BUILD/sig-fault" image-version create prod/ubuntu/3.0.0 --os-disk disks/os.raw --no-wait
    workers_end
    SIG_FAULT=$(($(sed -n 's/^fault: //p' .calls) + 1)):kill as "$1" "$BUILD/sig-fault" image-version create prod/ubuntu/3.0.0 --os-disk disks/os.raw --no-wait
    workers_end
    rm -rf .counted .calls
}
chmod 777 . && accepted_by 70001
as 70002 sig replicate prod -o none
as 70001 sig replicate prod -o none && sig image-version list prod/ubuntu --query '[].name' -o tsv
as 70001 sig lock create prod --name l --lock-type ReadOnly -o none
as 70002 sig lock delete prod --name l
as 70001 sig role assignment create prod --assignee user:70002 --role Reader
wrong store
stranger sig gallery list
stranger cat store/store.json 2>&1
stranger ls store 2>&1
# Roles bind the members; the owner goes on.
sig role assignment create prod --assignee user:70001 --role Contributor -o none
as 70001 sig gallery update prod --description x --query description
as 70002 sig gallery update prod --description y
# A region elsewhere is the group's as well.
mkdir -m 1777 away
sig region create rack --path away/rack -o none && wrong away/rack
as 70001 sig image-version update prod/ubuntu/2.0.0 --add-regions rack -o none
wrong store away/rack
as 70001 sig store init --shared 70999
