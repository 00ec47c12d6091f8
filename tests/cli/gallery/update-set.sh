sig gallery create prod --tags a=1 >/dev/null
sig gallery update prod --set tags.team=os "tags.'a.b'=1.10" Description='what we ship' --query '[description, tags]'
