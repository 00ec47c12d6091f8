need_command zip
need_command xz
definition
disk os.raw 1 3M && echo notes >notes.txt
tar -cf os.tar os.raw notes.txt && gzip -nk os.tar
head -c 2000000 os.tar >cut && refused cut && { cat cut | refused -; }
head -c 600000 os.tar.gz >cut && refused cut
head -c -4 os.tar.gz >cut && refused cut
cp os.tar bad && patch bad 10 x && refused bad
xz -0 -k os.raw && head -c -20 os.raw.xz >cut && refused cut && { cat cut | refused -; }
{ cat os.raw.xz && echo more; } >more && refused more
gzip -nk os.raw && { cat os.raw.gz && echo more; } >more && refused more
cp os.raw.gz bad && patch bad 300000 '????' && refused bad
gzip -c os.raw.gz >twice && refused twice
tar -cf inner.tar os.raw && tar -cf outer.tar inner.tar && refused outer.tar && gzip os.tar -c | gzip -c >twice && refused twice
zip -q -P secret os.zip os.raw && refused os.zip
zip -q plain.zip os.raw && head -c 100000 plain.zip >cut && refused cut
cp plain.zip bad && patch bad 300000 '????' && refused bad
find . -name '.sig*' | grep -v store
