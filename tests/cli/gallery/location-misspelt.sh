sig gallery create prod --location westeurop
