sig gallery create prod >/dev/null
sig gallery update prod --set 'description="quoted"' tags.none=null --query '[description, tags]'
sig gallery update prod --set 'description="quoted"' tags.none=null --force-string --query '[description, tags]'
