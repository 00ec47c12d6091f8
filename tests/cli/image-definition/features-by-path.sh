# By their paths features follow the same rules as by --features.
sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
change() {
    sig image-definition update prod/a "$@" --query 'features[].[name, value, startsAtVersion]' -o tsv
    echo "status $?"
}
change --set 'features[0].value=trustedlaunch'
change --set allowUpdateImage=true 'features[0].value=trustedlaunch'
change --add features name=isHibernateSupported value=TRUE startsAtVersion=1.0.0
change --add features name=IsHibernateSuported value=true
change --set 'features[1].startsAtVersion=1'
change --remove features
