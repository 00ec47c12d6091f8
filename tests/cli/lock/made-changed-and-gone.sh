# One lock of a name on each scope; it is looked for there alone, and goes when it is taken away.
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig lock list
sig lock create Prod/ubuntu/1.0.0 --name Keep --lock-type cannotdelete --notes 'in the field'
sig lock create -g default -r prod -n keep -t ReadOnly -o none
sig lock create --name keep --lock-type CanNotDelete -o none
sig lock create prod/ubuntu/latest --name second --lock-type ReadOnly
sig lock create prod/ubuntu/1.0.0 --name second --lock-type ReadOnly --query scope
sig lock list -o table
sig lock list prod/ubuntu -o table
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --no-wait
sig lock show prod --name KEEP --query '[level, scope, notes]' -o tsv
sig lock show prod/ubuntu --name keep
sig lock create prod --name keep --lock-type CanNotDelete --notes why --query '[level, notes]' -o tsv
sig lock update prod --name keep --notes '' --query '[level, notes]' -o tsv
sig lock update prod/ubuntu --name keep --notes x
sig lock delete prod/ubuntu --name keep
sig lock delete -g other -r prod --name keep
sig lock show -g other -r prod --name keep
sig lock update -g other -r prod --name keep --notes x
sig lock show prod --name keep --query id
sig lock delete --name keep && sig lock delete --name keep
sig lock delete PROD --name KEEP
sig lock delete prod/ubuntu/1.0.0 --name keep && sig lock delete prod/ubuntu/1.0.0 --name second
sig lock list
sig image-version delete prod/ubuntu/1.0.0
