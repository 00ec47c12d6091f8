printf "team=os\n\nowner=anna b\r\n" >tags
sig gallery create prod --tags @tags stage=test --query tags
