sig gallery create prod >/dev/null
refuse() {
    sig image-definition create prod/a --os-type linux -p a -f b -s c --features "$@"
    echo "status $?"
}
refuse IsHibernateSupported
refuse "IsHibernateSupported=true Second"
refuse '=true'
refuse IsHibernateSupported=
refuse IsHibernateSuported=true
refuse SecurityType=Trusted
refuse IsHibernateSupported=maybe
refuse "DiskControllerTypes=SCSI,IDE"
refuse "IsHibernateSupported=true ishibernatesupported=false"
refuse '{"name": "IsHibernateSupported"}'
refuse '{"name": "A", "value": "b", "startsAtVersion": "1.0"}'
refuse '{"name": "A", "value": "b", "starts": "1.0.0"}'
refuse '{'
sig image-definition list prod
