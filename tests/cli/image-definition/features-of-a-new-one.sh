# The features of a new definition, by what was said of them and of the generation.
sig gallery create prod >/dev/null
number=0
features() {
    number=$((number + 1))
    echo "--- $*"
    sig image-definition create prod/a$number --os-type linux -p a -f b -s $number --query 'features[].[name, value, startsAtVersion]' -o tsv "$@"
}
features
features --hyper-v-generation V1
features --features "SecurityType=Standard"
features --features "SecurityType=standard IsHibernateSupported=TRUE"
features --features "SecurityType=Standard" --hyper-v-generation v1
features --features "IsAcceleratedNetworkSupported=true"
features --features "IsAcceleratedNetworkSupported=true IsHibernateSupported=false"
features --features IsAcceleratedNetworkSupported=true securitytype=ConfidentialVm
features --features "  DiskControllerTypes=scsi,  nvme   IsSecureBootSupported=true "
features --features 'DiskControllerTypes=NVMe,SCSI' --features IsMeasuredBootSupported=true
features --features '{"name": "isHibernateSupported", "value": "true", "startsAtVersion": "2.1.0"}' NewOfNextYear=x=y
features --features ""
echo "--- stored and shown alike"
sig image-definition show prod/a1 --query 'features'
sig image-definition show prod/a2 --query 'keys(@) | contains(@, `"features"`)'
