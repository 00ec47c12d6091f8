sig gallery create prod -g images >/dev/null
sig image-definition create -g images -r prod -i win --os-type WINDOWS -p acme -f win -s 2025 --os-state specialized \
    --hyper-v-generation v1 --architecture X64 --location westeurope --description 'for desks' --tags a=1 \
    --minimum-cpu-core 1 --maximum-cpu-core 8 --minimum-memory 2 --maximum-memory 64 \
    --disallowed-disk-types Standard_LRS Premium_LRS --plan-name n --plan-publisher p --plan-product q \
    --features "IsHibernateSupported=true DiskControllerTypes=nvme,scsi" --allow-update-image \
    --end-of-life-date 2027-06-30T12:00:00+02:00 --eula e --privacy-statement-uri https://acme.example/privacy \
    --release-note-uri https://acme.example/news
