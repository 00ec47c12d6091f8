sig gallery create prod --tags a=1 b=2 --description x >/dev/null
sig gallery update prod --set description=null tags.a=null --query '[description, tags]'
sig gallery update prod --remove tags --remove description --query '[description, tags]'
