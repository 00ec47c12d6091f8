# While a gallery is shared its permissions stay; 'sig share reset' ends that.
one=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
set -- --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso
sig gallery create team --permissions Groups -o none
sig gallery update team --permissions Community "$@" -o none
sig gallery update team --permissions Groups -o none
sig share add team --subscription-ids $one -o none
sig gallery update team --permissions Private
echo "status $?"
sig gallery create team --permissions Community
echo "status $?"
sig gallery update team --set sharingProfile.permissions=Private
echo "status $?"
sig gallery update team --remove sharingProfile.permissions
echo "status $?"
sig gallery update team --permissions Groups --description x --query sharingProfile.groups[0].ids[0] -o tsv
sig share reset team -o none
sig gallery update team --permissions Community -o none
sig share enable-community team -o none
name=$(sig gallery list-community --query '[0].name' -o tsv)
sig gallery update team --permissions Private
echo "status $?"
sig gallery update team --public-name-prefix fabrikam
echo "status $?"
sig share reset team -o none
sig gallery list-community
sig gallery update team --permissions Community -o none
sig share enable-community team -o none
[ "$name" = "$(sig gallery list-community --query '[0].name' -o tsv)" ] || echo "another name"
case $name in contoso-????????-????-????-????-????????????) ;; *) echo "$name" ;; esac
