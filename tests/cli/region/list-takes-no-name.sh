sig region list westus2
