/* ovf: which files are the disks of a virtual machine, in which order. */
#include "intake/ovf.h"

#include <string.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

#define REFERENCES                                                                                 \
    "<References><File id='f1' href='one.vmdk'/><File id='f2' href='two.vmdk'/>"                   \
    "<File id='f3' href='three%20x.vmdk'/><File id='f4' href='cd.iso'/></References>"
#define DISKS                                                                                      \
    "<DiskSection><Disk diskId='d1' fileRef='f1'/><Disk diskId='d2' fileRef='f2'/>"                \
    "<Disk diskId='d3' fileRef='f3'/></DiskSection>"
#define ITEM(resource, type)                                                                       \
    "<Item><HostResource>" resource "</HostResource><ResourceType>" type "</ResourceType></Item>"

static int parse(const char *text, struct texts *ret, struct err *err)
{
    *err = (struct err){0};
    return ovf_parse(text, strlen(text), "vm.ovf", ret, err);
}

static void check_files(const char *text, const char *expected)
{
    struct texts files = {0};
    struct buf names = {0};
    struct err err;

    ck_assert_msg(parse(text, &files, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < files.count; i++)
        buf_printf(&names, "%s%s", i > 0 ? "," : "", files.items[i]);
    ck_assert_str_eq(buf_text(&names), expected);
    buf_done(&names);
    texts_done(&files);
}

static void check_refused(const char *text, int code, const char *part)
{
    struct texts files = {0};
    struct err err;

    ck_assert_int_eq(parse(text, &files, &err), code);
    ck_assert_msg(strstr(err.text, part) != NULL, "%s", err.text);
    ck_assert_uint_eq(files.count, 0);
}

START_TEST(the_hardware_gives_the_order)
{
    check_files(
        "<Envelope>" REFERENCES DISKS
        "<VirtualSystem><VirtualHardwareSection>" ITEM("ovf:/file/f4", "15")
            ITEM("ovf:/disk/d3", "17") ITEM("/disk/d1", "17")
                ITEM("ovf:/disk/d2", "17") "</VirtualHardwareSection></VirtualSystem></Envelope>",
        "three x.vmdk,one.vmdk,two.vmdk");
    /* For two kinds of hosts, the same disks. */
    check_files(
        "<Envelope>" REFERENCES DISKS
        "<VirtualSystem><VirtualHardwareSection>" ITEM("ovf:/disk/d2", "17")
            ITEM("ovf:/disk/d1", "17") "</VirtualHardwareSection><VirtualHardwareSection>" ITEM(
                "ovf:/disk/d1", "17")
                ITEM("ovf:/disk/d2", "17") "</VirtualHardwareSection></VirtualSystem></Envelope>",
        "two.vmdk,one.vmdk");
    check_files("<Envelope>" REFERENCES
                "<VirtualSystem>" ITEM("ovf:/file/f2", "17") "</VirtualSystem></Envelope>",
                "two.vmdk");
    check_files("<Envelope>" REFERENCES DISKS "<VirtualSystem/></Envelope>",
                "one.vmdk,two.vmdk,three x.vmdk");
}
END_TEST

START_TEST(prefixes_do_not_matter)
{
    check_files(
        "<?xml version='1.0' encoding='UTF-8'?><o:Envelope xmlns:o='http://schemas.dmtf.org/ovf/"
        "envelope/2' xmlns:r='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
        "CIM_ResourceAllocationSettingData' xmlns:e='http://schemas.dmtf.org/wbem/wscim/1/"
        "cim-schema/2/CIM_StorageAllocationSettingData.xsd'><o:References><o:File o:id='a' "
        "o:href='a.vmdk'/><o:File o:id='b' o:href='b.vmdk'/></o:References><o:DiskSection><o:Disk "
        "o:diskId='A' o:fileRef='a'/><o:Disk o:diskId='B' o:fileRef='b'/></o:DiskSection>"
        "<o:VirtualSystem><o:StorageItem><e:HostResource>ovf:/disk/B</e:HostResource>"
        "<e:ResourceType>17</e:ResourceType></o:StorageItem><o:Item><r:Description>x"
        "</r:Description><r:ResourceType>17</r:ResourceType><r:HostResource>ovf:/disk/A"
        "</r:HostResource></o:Item></o:VirtualSystem></o:Envelope>",
        "b.vmdk,a.vmdk");
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
    check_refused("", E_INVALID, "is damaged: line 1");
    check_refused("<Envelope>", E_INVALID, "is damaged: line 1");
    check_refused("<Other><Envelope/></Other>", E_INVALID, "is no OVF description");
    check_refused("<Envelope/>", E_INVALID, "describes no disk");
    check_refused("<Envelope>" REFERENCES DISKS ITEM("ovf:/disk/d9", "17") "</Envelope>", E_INVALID,
                  "names disk 'ovf:/disk/d9', of which it says nothing");
    check_refused("<Envelope>" REFERENCES DISKS ITEM("x", "17") "</Envelope>", E_INVALID,
                  "names disk 'x', of which it says nothing");
    check_refused("<Envelope>" REFERENCES "<Disk diskId='d' fileRef='f9'/></Envelope>", E_INVALID,
                  "names file 'f9', of which it says nothing");
    check_refused("<Envelope><File id='f'/><Disk diskId='d' fileRef='f'/></Envelope>", E_INVALID,
                  "names file 'f', of which it says nothing");
    check_refused("<Envelope><File id='f' href='%'/><Disk diskId='d' fileRef='f'/></Envelope>",
                  E_INVALID, "names file 'f', of which it says nothing");
    check_refused("<Envelope><Disk diskId='d'/></Envelope>", E_UNSUPPORTED,
                  "has disk 'd', which is empty");
    check_refused("<Envelope>" REFERENCES
                  "<Disk diskId='d' fileRef='f1' parentRef='e'/></Envelope>",
                  E_UNSUPPORTED, "which holds only what differs");
    check_refused("<Envelope><File id='f' href='a' chunkSize='1'/><Disk fileRef='f'/></Envelope>",
                  E_UNSUPPORTED, "in chunks");
    check_refused("<Envelope>" REFERENCES DISKS "<VirtualSystem/><VirtualSystem/></Envelope>",
                  E_UNSUPPORTED, "describes 2 virtual machines");
}
END_TEST

START_TEST(documents_that_define_things_are_refused)
{
    check_refused("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><Envelope>&a;</Envelope>", E_INVALID,
                  "has a document type");
    check_refused("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><Envelope/>", E_INVALID,
                  "has a document type");
    check_refused("<Envelope>&undefined;</Envelope>", E_INVALID, "undefined entity");
}
END_TEST

START_TEST(much_of_anything_is_refused)
{
    static const char *const parts[][2] = {
        {"<File id='f' href='a'/>", "names too many files"},
        {"<Disk diskId='d' fileRef='f'/>", "names too many disks"},
        {ITEM("ovf:/disk/d", "17"), "names too many disks"},
    };
    struct buf text = {0};

    for (size_t i = 0; i < 3; i++) {
        buf_clear(&text);
        buf_add_text(&text, "<Envelope>");
        for (int k = 0; k < 10001; k++)
            buf_add_text(&text, parts[i][0]);
        buf_add_text(&text, "</Envelope>");
        check_refused(buf_text(&text), E_INVALID, parts[i][1]);
    }
    buf_clear(&text);
    buf_add_text(&text, "<Envelope><Item><HostResource>");
    for (int k = 0; k < 5000; k++)
        buf_add_char(&text, 'x');
    buf_add_text(&text, "</HostResource></Item></Envelope>");
    check_refused(buf_text(&text), E_INVALID, "has too long a text");
    buf_clear(&text);
    buf_add_text(&text, "<Envelope>");
    for (int k = 0; k < 66; k++)
        buf_printf(&text, "<File id='%d' href='%d'/><Disk diskId='%d' fileRef='%d'/>", k, k, k, k);
    buf_add_text(&text, "</Envelope>");
    check_refused(buf_text(&text), E_INVALID, "has more than 65 disks");
    buf_done(&text);
}
END_TEST

UNIT_MAIN("intake/ovf", the_hardware_gives_the_order, prefixes_do_not_matter,
          what_cannot_be_is_refused, documents_that_define_things_are_refused,
          much_of_anything_is_refused)
