sig gallery create prod >/dev/null
printf '\n \t\n' >>store/galleries/prod/gallery.json
sig gallery show prod -o table
