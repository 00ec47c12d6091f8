sig gallery create bad-name 2>/dev/null
sig gallery create prod --location mars 2>/dev/null
sig gallery create prod --tags '?=x' 2>/dev/null
sig gallery create prod --permissions Community --eula e 2>/dev/null
ls
