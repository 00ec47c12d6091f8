sig gallery create prod -g Images >/dev/null
sig gallery show prod -g iMAGES -o table
