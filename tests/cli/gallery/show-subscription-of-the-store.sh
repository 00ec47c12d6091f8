sig gallery create prod >/dev/null
sig gallery show prod --subscription a9bd26f8-f023-41b9-a821-35b406a5d1c6 -o table
