need_command perl
sig gallery create prod >/dev/null
perl -MFcntl -e 'open F, "+<", "store/lock" or die; my $lock = pack("s s x4 q q i", F_WRLCK, 0, 0, 0, 0);
    fcntl(F, F_SETLK, $lock) or die $!; system @ARGV; exit $? >> 8' \
    sig gallery list -o table
