sig gallery update prod --description x
