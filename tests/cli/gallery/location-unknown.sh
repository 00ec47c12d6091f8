sig gallery create prod --location mars
