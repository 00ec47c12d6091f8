mkdir 'a b'
cd 'a b' || exit
sig --store './../my store/' gallery create prod >/dev/null && ls ..
