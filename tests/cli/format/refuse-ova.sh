definition
disk os.raw 1 1M
start='<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References><File href="os.raw" id="f"/></References>'
disk='<DiskSection><Disk diskId="d" fileRef="f"/></DiskSection>'
try() {
    printf '%s' "$1" >vm.ovf && tar -cf vm.ova vm.ovf os.raw && refused vm.ova
}
printf '%s' "$start$disk</Envelope>" >vm.ovf && tar -cf vm.ova vm.ovf os.raw && sig image-version create prod/ubuntu/1.0.0 --os-disk vm.ova >/dev/null &&
    sig image-version delete prod/ubuntu/1.0.0
try ''
try '<Envelope'
try '<html></html>'
try '<!DOCTYPE Envelope [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Envelope>&b;</Envelope>'
try "$start</Envelope>"
try "$start$disk"
try "$start<DiskSection><Disk diskId='d'/></DiskSection></Envelope>"
try "$start<DiskSection><Disk diskId='d' fileRef='f' parentRef='e'/></DiskSection></Envelope>"
try "$start<DiskSection><Disk diskId='d' fileRef='g'/></DiskSection></Envelope>"
try "$start$disk<VirtualSystem/><VirtualSystem/></Envelope>"
try "$start$disk<VirtualSystem><Item><HostResource>ovf:/disk/e</HostResource><ResourceType>17</ResourceType></Item></VirtualSystem></Envelope>"
try '<Envelope><References><File href="os.raw" id="f" chunkSize="9"/></References><DiskSection><Disk diskId="d" fileRef="f"/></DiskSection></Envelope>'
try '<Envelope><References><File href="../os.raw" id="f"/></References><DiskSection><Disk diskId="d" fileRef="f"/></DiskSection></Envelope>'
