sig gallery create prod_
