sig replicate
echo $?
sig gallery create prod >/dev/null
sig replicate
echo $?
sig replicate -o table
echo $?
