sig gallery create prod.
