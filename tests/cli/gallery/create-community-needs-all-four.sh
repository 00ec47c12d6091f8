# Also where there is no store yet: none is made. What is stored already counts.
sig gallery create prod --permissions Community --eula e --publisher-uri u
echo "status $?"
ls
sig gallery create prod --eula e --publisher-uri u --publisher-contact m --public-name-prefix contoso -o none
sig gallery create web --permissions Community --eula e --publisher-uri u
echo "status $?"
sig gallery create prod --permissions Community --query sharingProfile
sig gallery list --query '[].name' -o tsv
