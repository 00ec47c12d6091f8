sig gallery create prod -g Images >/dev/null
sig gallery create prod -g iMAGES -o table
