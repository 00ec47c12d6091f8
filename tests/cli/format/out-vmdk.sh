exported vmdk vmdk
