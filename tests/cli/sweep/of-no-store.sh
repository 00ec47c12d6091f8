sig sweep; echo $?
sig gallery create prod >/dev/null && sig sweep
sig sweep prod; echo $?
