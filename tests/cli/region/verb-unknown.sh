sig region show westus2
