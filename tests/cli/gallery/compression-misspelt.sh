sig gallery create prod --compression zli
