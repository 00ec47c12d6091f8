sig gallery create prod --location westus2 >/dev/null
sig gallery update prod --set 'location=West US 2' name=prod --query location
sig gallery update prod --set location=eastus
sig gallery update prod --remove location
sig gallery update prod --set resourceGroup=other
sig gallery update prod --set id=x
