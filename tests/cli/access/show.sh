# Who can do what where, and through what.
disk os.raw 1 100K
one=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
definition
sig gallery update prod --permissions Groups -o none
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw -o none
sig access show
sig access show -o table
sig role assignment create --scope / --assignee root --role Owner -o none
sig role assignment create prod --assignee group:daemon --role Contributor -o none
sig role assignment create prod/ubuntu --assignee sp:daemon --role 'Compute Gallery Image Reader' -o none
sig role assignment create prod/ubuntu/1.0.0 --assignee bin --role Reader -o none
sig share add prod --subscription-ids $one --tenant-ids $one -o none
for on in '' prod PROD/Ubuntu prod/ubuntu/latest; do
    sig access show ${on:+"$on"} -o table
done
sig access show prod/ubuntu/1.0.0 --query 'access[-2:]'
sig share reset prod -o none
sig gallery update prod --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso -o none
sig share enable-community prod -o none
sig access show prod --query "access[?role=='community'].[principal, via, inherited]"
sig access show absent
echo "status $?"
sig access show prod/absent
echo "status $?"
sig access show prod/ubuntu/2.0.0
echo "status $?"
sig access show /SharedGalleries/x
