# A record names files. Whoever takes it up reads them with rights of his own, so it has to be his, and nobody else's to change.
need_root
definition
disk one.raw 1 1M
accepted image-version create prod/ubuntu/1.0.0 --os-disk one.raw
record=store/work/prod+ubuntu+1.0.0.json
stat -c %a "$record"
chown nobody "$record"
sig replicate
echo "another's: $?"
sig image-version wait prod/ubuntu/1.0.0 --created --timeout 0
echo "waited in vain: $?"
chown root "$record"
chmod 660 "$record"
sig replicate prod
echo "for others to change: $?"
chmod 640 "$record"
sig image-version wait prod/ubuntu/1.0.0 --created
echo "my own: $?"
