# Ids keep the order in which they were given, in lower case, each once.
one=6A1F0F6E-3A52-4F6E-9D0E-2F1F3B1F7D11 two=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d12
sig gallery create team --permissions Groups -o none
groups() { sig gallery show team --query 'sharingProfile.groups[].ids[]' -o tsv; }
sig share add team --subscription-ids $two -o none && groups
sig share add team --subscription-ids $one $two $one -o none && groups
sig share add team --subscription-ids $one --no-wait
sig share remove team --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d13 --tenant-ids $one -o none && groups
sig share remove team --subscription-ids $two -o none && groups
sig share remove team --subscription-ids $one --query sharingProfile
sig share add --ids "$(sig gallery show team --query id -o tsv)" --tenant-ids $one --query 'sharingProfile.groups[].type' -o tsv
sig share wait team --custom "sharingProfile.groups[0].type == 'AADTenants'" --timeout 1
sig share reset team -o none
sig share reset team --query sharingProfile
sed -n '/sharingProfile/p' store/galleries/team/gallery.json
