sig account list
