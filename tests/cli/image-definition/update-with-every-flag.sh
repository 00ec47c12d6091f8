sig gallery create prod >/dev/null
sig image-definition create prod/a --os-type linux -p a -f b -s c >/dev/null
sig image-definition update prod/a --description 'for desks' --tags a=1 --minimum-cpu-core 0 --maximum-cpu-core 8 \
    --minimum-memory 2 --maximum-memory 64 --disallowed-disk-types Standard_LRS Premium_LRS \
    --features "IsHibernateSupported=true SecurityType=confidentialVm" --allow-update-image true \
    --end-of-life-date 2027-06-30T12:00:00+02:00 --eula e --privacy-statement-uri https://acme.example/privacy \
    --release-note-uri https://acme.example/news --query '[description, tags, recommended, disallowed, features,
        allowUpdateImage, endOfLifeDate, eula, privacyStatementUri, releaseNoteUri]'
