sig gallery create prod --location ''
