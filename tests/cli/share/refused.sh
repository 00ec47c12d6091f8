# Each is one sentence, and nothing is changed.
one=6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
sig gallery create team --permissions Groups -o none
sig gallery create own -g rg -o none
sig gallery create open --permissions Community --publisher-uri u --publisher-email m --eula e --public-name-prefix contoso -o none
before=$(cat store/galleries/*/gallery.json)
try() {
    sig "$@"
    echo "status $?"
}
try share add own --subscription-ids $one
try share remove open --subscription-ids $one
try share enable-community own
try share enable-community team --subscription-ids $one
try share add team
try share remove team
try share add team --subscription-ids
try share add team --subscription-ids x
try share add team --tenant-ids ''
try share add team --tenant-ids "$one " $one
try share add team --tenant-ids ../../etc
try share add team --tenant-ids "$(printf '6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d1\033')"
try share add absent --subscription-ids $one
try share add own -g other --subscription-ids $one
try share add team/ubuntu --subscription-ids $one
try share reset absent
try gallery update own --permissions Secret
try gallery update own --permissions Community --eula e
try gallery update open --eula ''
try gallery update open --set sharingProfile.communityGalleryInfo.publisherUri=
try gallery update own --public-name-prefix four
try gallery update own --public-name-prefix 12345678901234567
try gallery update own --public-name-prefix with-dash
try gallery update team --set "sharingProfile.groups[0].type=Subscriptions"
try gallery update open --set sharingProfile.communityGalleryInfo.communityGalleryEnabled=true
try gallery update open --set sharingProfile.communityGalleryInfo.publicNames='["x"]'
[ "$before" = "$(cat store/galleries/*/gallery.json)" ] || echo changed
