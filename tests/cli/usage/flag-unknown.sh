sig gallery create prod --colour red
