sig region move westus2
