# What must not be deleted stays, and the line says why: only where the policy would have dropped it.
definition && disk os.raw 1 300K
for version in 1.0.0 1.1.0 1.2.0 1.3.0 1.4.0; do
    patch os.raw 5000 "$version" && sig image-version create prod/ubuntu/$version --os-disk os.raw -o none
done
sig lock create prod/ubuntu/1.1.0 --name keep --lock-type CanNotDelete -o none
sig image-version update prod/ubuntu/1.2.0 --end-of-life-date 2031-12-31 --block-deletion-before-end-of-life -o none
sig lock create prod/ubuntu/1.4.0 --name other --lock-type ReadOnly -o none
accepted image-version create prod/ubuntu/2.0.0 --os-disk os.raw
# One that could not be created is nothing that a prune takes away.
cp os.raw gone.raw && accepted image-version create prod/ubuntu/2.1.0 --os-disk gone.raw && rm gone.raw
sig replicate prod/ubuntu/2.1.0 -o none 2>/dev/null
show() { sig prune "$@" --query 'versions[].[name, action, rule, details]' -o tsv; }
show --keep-latest 1 --plan
sig lock create prod --name all --lock-type CanNotDelete -o none
show --keep-latest 1 --plan
sig lock delete prod --name all
# Of several conditions all must hold.
SIG_CLOCK=2032-01-01T00:00:00Z show --past-end-of-life --older-than 1d --keep-latest 1 --allow-empty --plan
show --keep-latest 1
sig image-version list prod/ubuntu --query '[].name' -o tsv
