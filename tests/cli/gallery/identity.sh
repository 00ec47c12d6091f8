identity() {
    sig gallery "$@" --query identity
}
identity create prod
identity create prod --mi-system-assigned yes
identity update prod --mi-user-assigned /ids/one /ids/two
echo "--- what is not given stays"
identity update prod --description d
identity update prod --system-assigned false
identity update prod --user-assigned ""
echo "--- refused"
sig gallery update prod --user-assigned /ids/one /IDS/ONE
echo "status $?"
sig gallery update prod --user-assigned /ids/one ""
echo "status $?"
echo "--- as stored"
sig gallery update prod --system-assigned --user-assigned /ids/three >/dev/null
sed -n '/"identity"/,/^  }/p' store/galleries/prod/gallery.json
