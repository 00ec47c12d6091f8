echo "from a pipe" | sig gallery create prod --description @- --query description
echo "from a file" >notes
sig gallery update prod --description @- --query description <notes
