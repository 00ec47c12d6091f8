sig gallery create prod --descripton x
