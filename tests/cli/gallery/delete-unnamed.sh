sig gallery delete
