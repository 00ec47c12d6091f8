exported vmdk vmdk --compress
