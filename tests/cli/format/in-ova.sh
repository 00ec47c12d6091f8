need_command qemu-img
disk os.raw 1 5M && disk data.raw 2 3M && disk more.raw 3 1M && definition || exit
for name in os data more; do qemu-img convert -O vmdk -o subformat=streamOptimized $name.raw vm-$name.vmdk || exit; done
gzip -n vm-more.vmdk && echo iso >cd.iso
cat >vm.ovf <<'END'
<?xml version="1.0"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References>
    <File ovf:href="vm%2Ddata.vmdk" ovf:id="file2"/>
    <File ovf:href="vm-os.vmdk" ovf:id="file1"/>
    <File ovf:href="vm-more.vmdk.gz" ovf:id="file3" ovf:compression="gzip"/>
    <File ovf:href="cd.iso" ovf:id="file4"/>
  </References>
  <DiskSection>
    <Info>Disks</Info>
    <Disk ovf:capacity="3" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="data" ovf:fileRef="file2"/>
    <Disk ovf:capacity="1" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="more" ovf:fileRef="file3"/>
    <Disk ovf:capacity="5" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="os" ovf:fileRef="file1"/>
  </DiskSection>
  <VirtualSystem ovf:id="vm">
    <VirtualHardwareSection>
      <Item><rasd:HostResource>ovf:/file/file4</rasd:HostResource><rasd:ResourceType>15</rasd:ResourceType></Item>
      <Item><rasd:HostResource>ovf:/disk/os</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
      <Item><rasd:HostResource>ovf:/disk/data</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
      <Item><rasd:HostResource>/disk/more</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
END
pack() {
    tar -cf vm.ova vm.ovf "$@" vm-os.vmdk cd.iso vm-more.vmdk.gz vm-data.vmdk
}
came_back() {
    sig image-version export "$1" - | same - os.raw && sig image-version export "$1" - --data-disk 0 | same - data.raw &&
        sig image-version export "$1" - --data-disk 1 | same - more.raw && echo "$1: as it was"
}
manifest() {
    for file in vm.ovf vm-os.vmdk vm-data.vmdk vm-more.vmdk.gz; do echo "SHA256($file)= $(sha256sum $file | cut -d ' ' -f 1)"; done
}
pack && sig image-version create prod/ubuntu/1.0.0 --os-disk vm.ova >/dev/null && came_back prod/ubuntu/1.0.0
sig image-version create prod/ubuntu/1.0.1 --managed-image vm.ova --query 'storageProfile.[source.id, length(dataDiskImages), osDiskImage.source,
    dataDiskImages[0].source]' && came_back prod/ubuntu/1.0.1
manifest >vm.mf && pack vm.mf && sig image-version create prod/ubuntu/1.1.0 --os-disk vm.ova >/dev/null && came_back prod/ubuntu/1.1.0
gzip -c vm.ova | sig image-version create prod/ubuntu/1.2.0 --os-disk - --data-disk 2=os.raw >/dev/null && came_back prod/ubuntu/1.2.0
sig image-version create prod/ubuntu/1.3.0 --os-disk os.raw --data-disk 0=vm.ova --member 0=vm-data.vmdk >/dev/null &&
    sig image-version export prod/ubuntu/1.3.0 - --data-disk 0 | same - data.raw && echo "one of them: as it was"
sig image-version create prod/ubuntu/2.0.0 --os-disk vm.ova --data-disk 1=os.raw; echo $?
sig image-version create prod/ubuntu/2.0.0 --os-disk os.raw --data-disk 1=vm.ova; echo $?
sed 's/^SHA256(vm/SHA1(vm/' vm.mf >old.mf && pack --transform s/old/vm/ old.mf && sig image-version create prod/ubuntu/1.4.0 --os-disk vm.ova >/dev/null &&
    came_back prod/ubuntu/1.4.0
sed 's/vm-data.vmdk)= ./&0/; s/(vm/(.\/vm/' vm.mf >bad.mf && pack --transform s/bad/vm/ bad.mf && sig image-version create prod/ubuntu/2.0.0 --os-disk vm.ova 2>&1 | sed 's/[0-9a-f]\{64\}/HEX/g'
tar -cf vm.ova vm.ovf vm-os.vmdk vm-data.vmdk && sig image-version create prod/ubuntu/2.0.0 --os-disk vm.ova; echo $?
sig image-version list prod/ubuntu -o tsv | wc -l
