sig gallery delete prod
