sig gallery create prod >/dev/null
rm -f store/lock && echo mine >mine && ln -s ../mine store/lock
sig gallery create test
cat mine
