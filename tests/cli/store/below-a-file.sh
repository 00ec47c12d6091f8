touch file
sig --store file/store gallery create prod
