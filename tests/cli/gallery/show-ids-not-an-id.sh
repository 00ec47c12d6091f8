sig gallery show --ids /prod
