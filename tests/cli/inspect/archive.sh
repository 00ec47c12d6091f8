# Several disks in one file.
need_command qemu-img
disk os.raw 1 1M && disk more.raw 2 2M && tar -cf disks.tar os.raw more.raw || exit
sig inspect disks.tar
echo "which: $?"
sig inspect disks.tar --member more.raw | grep -e file -e virtualSize
qemu-img convert -f raw -O vmdk -o subformat=streamOptimized os.raw os.vmdk
qemu-img convert -f raw -O vmdk -o subformat=streamOptimized more.raw more.vmdk
cat >box.ovf <<'END'
<?xml version="1.0"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
 xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
 <References><File ovf:href="os.vmdk" ovf:id="f1"/><File ovf:href="more.vmdk" ovf:id="f2"/></References>
 <DiskSection><Info/><Disk ovf:diskId="d1" ovf:fileRef="f1" ovf:capacity="1048576"/>
  <Disk ovf:diskId="d2" ovf:fileRef="f2" ovf:capacity="2097152"/></DiskSection>
</Envelope>
END
tar -cf box.ova box.ovf os.vmdk more.vmdk
sig inspect box.ova | grep -e file -e format -e variant -e Size -e dataDisks
