definition
for i in 01 02 03 04 05 06 07 08 09 10 11 12; do disk disk-$i.raw $i 64K; done
echo notes >notes.txt && echo more >more.txt
tar -cf many.tar notes.txt disk-*.raw && refused many.tar
gzip -k many.tar && refused many.tar.gz
cat many.tar | refused -
tar -cf two.tar disk-01.raw && tar -rf two.tar disk-01.raw && refused two.tar --member disk-01.raw
tar -cf none.tar notes.txt more.txt && refused none.tar && refused none.tar --member notes
cat none.tar | refused -
tar -cf one.tar notes.txt && cat one.tar | refused -
mkdir empty && tar -cf empty.tar empty && refused empty.tar && refused empty.tar --member empty
refused disk-01.raw --member disk-01.raw
