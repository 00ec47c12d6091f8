need_command qemu-img
need_command xz
try_disk
mkdir a && cp os.raw a/disk.raw && echo notes >a/README && ln -s disk.raw a/link.raw && ln a/disk.raw a/hard.raw
tar --sort=name --hard-dereference -cf os.tar -C a ./README ./disk.raw ./link.raw && taken "tar" os.tar
tar -cf os.tar -C a disk.raw hard.raw && taken "tar with a hard link" os.tar
tar -S -cf os.tar -C a disk.raw && taken "sparse tar" os.tar && gzip -kf os.tar && taken "sparse tar, gzip" os.tar.gz
tar -H pax -cf os.tar -C a README disk.raw && taken "pax tar" os.tar
tar -cf - -C a README disk.raw | xz -0 >os.tar.xz && taken "tar, xz" os.tar.xz && taken "tar, xz, from a pipe" - <os.tar.xz
mv a/disk.raw a/image && tar -cf os.tar -C a image && taken "tar, one file of any name" os.tar
tar -czf os.tar.gz -C a image && taken "tar, gzip, one file of any name" os.tar.gz
tar -cf os.tar -C a README image && taken "tar, member" os.tar --member ./image && tar -cf os.tar -C a ./README ./image && taken "tar, member without dot" os.tar --member image
qemu-img convert -O qcow2 a/image a/disk.qcow2 && gzip a/disk.qcow2 && tar -cf - -C a README disk.qcow2.gz | xz -0 >os.tar.xz && taken "tar, xz, of qcow2, gzip" os.tar.xz
cp os.raw a/._disk.raw && cp os.raw a/disk.raw && tar -cf os.tar -C a ._disk.raw disk.raw && taken "tar with what macOS adds" os.tar
tar -cPf os.tar --transform 's|^a/image|../../../outside.raw|' a/image && taken "tar, a name that leads outside" os.tar
ls ../outside.raw ../../outside.raw 2>/dev/null
find . -name '.sig-*'
