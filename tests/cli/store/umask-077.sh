umask 077
sig gallery create prod >/dev/null
find store | LC_ALL=C sort | xargs stat -c '%A %n'
