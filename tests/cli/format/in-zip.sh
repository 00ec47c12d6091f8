need_command zip
need_command qemu-img
try_disk
echo notes >README && mkdir dir && cp os.raw dir/disk.raw
zip -q os.zip README dir dir/disk.raw && taken "zip" os.zip
cat os.zip | taken "zip from a pipe" -
rm os.zip && zip -q -0 os.zip dir/disk.raw && taken "zip, stored" os.zip
rm os.zip && zip -q -fz os.zip dir/disk.raw && taken "zip64" os.zip
cat dir/disk.raw | zip -q - - >os.zip && taken "zip of a stream" os.zip && cat os.zip | taken "zip of a stream, from a pipe" - --member -
qemu-img convert -O qcow2 os.raw os.qcow2 && rm os.zip && zip -q os.zip os.qcow2 README && taken "zip of qcow2" os.zip
zip -q os.zip dir/disk.raw && taken "zip, member" os.zip --member dir/disk.raw
