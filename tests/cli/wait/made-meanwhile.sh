# Also the store is made by somebody else, a moment later.
sig gallery wait prod --created --interval 1 2>/dev/null &
sig gallery create prod --no-wait
wait $!
