sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c --features IsHibernateSupported=true --query features -o tsv
echo "--- the same ones are no change"
sig image-definition update prod/a --features IsHibernateSupported=True -o tsv --query features
sig image-definition create prod/a --os-type linux -p a -f b -s c --features IsHibernateSupported=true --query features -o tsv
echo "--- others are"
sig image-definition update prod/a --features IsHibernateSupported=false
echo "status $?"
sig image-definition create prod/a --os-type linux -p a -f b -s c --features SecurityType=None
echo "status $?"
sig image-definition update prod/a --features ""
echo "status $?"
echo "--- allowed with it"
sig image-definition update prod/a --features IsHibernateSupported=false --allow-update-image --query features -o tsv
echo "--- and ever after"
sig image-definition update prod/a --features SecurityType=Standard --query features -o tsv
sig image-definition update prod/a --allow-update-image false >/dev/null
echo "--- until it is not"
sig image-definition update prod/a --features A=b
echo "status $?"
