sig audit; echo $?
definition
sig audit test; echo $?
sig audit prod/debian; echo $?
sig audit prod/ubuntu/latest; echo $?
sig audit prod/ubuntu/1.0.0; echo $?
