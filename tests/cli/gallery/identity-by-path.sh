sig gallery create prod --user-assigned /ids/one >/dev/null
sig gallery update prod --set identity.userAssignedIdentities./ids/two={} --query identity
sig gallery update prod --set 'identity.userAssignedIdentities={"/ids/three": {}}' --query identity
sig gallery update prod --set 'identity.userAssignedIdentities={"/ids/three": {"clientId": "x"}}'
echo "status $?"
sig gallery update prod --set identity.type=None
echo "status $?"
sig gallery update prod --remove identity.userAssignedIdentities --query identity
