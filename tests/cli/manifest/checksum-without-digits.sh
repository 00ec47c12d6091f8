sig gallery create prod >/dev/null
for line in '"checksum": ""' '"checksum": 7' '"checksum": null' '"checksum":"0123456789abcdef"'; do
    sed -i "s/\"checksum\":.*/$line,/" store/galleries/prod/gallery.json
    sig gallery show prod; echo $?
done
