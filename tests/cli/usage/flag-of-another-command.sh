sig gallery list --os-type linux
