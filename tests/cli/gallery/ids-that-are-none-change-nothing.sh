sig gallery create one >/dev/null
one=$(sig gallery show one --query id -o tsv)
sig gallery delete --ids "$one" /no/id
sig gallery delete --ids "$one/images/ubuntu"
sig gallery delete --ids one/two/three/four
sig gallery delete --ids ''
echo '[{"name": "one"}]' | sig gallery delete --ids @-
echo '[1' | sig gallery delete --ids @-
printf '\n' | sig gallery delete --ids -
echo '[]' | sig gallery show --ids @-
sig gallery delete --ids
sig gallery list --query '[].name'
