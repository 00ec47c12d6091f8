# Features that are given replace the others, but a security type stays what it is until another one is named.
sig gallery create prod -o none
sig image-definition create prod/a --os-type linux -p p -f o -s a --features SecurityType=TrustedLaunch IsHibernateSupported=true \
    --allow-update-image true --query features -o yaml
sig image-definition update prod/a --features IsAcceleratedNetworkSupported=true --query features -o yaml
sig image-definition update prod/a --features SecurityType=ConfidentialVMSupported --query features -o yaml
sig image-definition create prod/b --os-type linux -p p -f o -s b --features SecurityType=Standard --allow-update-image true \
    --query features
sig image-definition update prod/b --features IsAcceleratedNetworkSupported=true --query features -o yaml
sig image-definition update prod/b --features '' --query features
sig image-definition update prod/a --features SecurityType=Standard --query features
