# Stopped while it reads, until a sweep has moved what it is about to read: it looks again where that is now.
definition && disk os.raw 1 2M && disk more.raw 3 300K && head -c 250K os.raw >two.raw && cat more.raw >>two.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
sig image-version create prod/ubuntu/1.1.0 --os-disk two.raw >/dev/null
sig image-version delete prod/ubuntu/1.0.0
walk 'ls -l /proc/$walker/fd | grep -q "(deleted)"' image-version export prod/ubuntu/1.1.0 early.raw
sig sweep --query rewritten && go_on && same early.raw two.raw && echo whole
