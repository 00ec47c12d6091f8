touch store
sig gallery create prod
