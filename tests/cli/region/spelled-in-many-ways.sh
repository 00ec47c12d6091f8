for name in westus2 WESTUS2 'West US 2' 'west us 2' WestUS2 ' westus2 ' west-us-2; do
    sig gallery create g$((count = count + 1)) --location "$name" -o table
done
