sig gallery update prod --set tags..x=1
