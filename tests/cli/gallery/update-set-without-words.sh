sig gallery update prod --set
