sig gallery create prod test
