sig account show
