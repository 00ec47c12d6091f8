sig gallery show --ids /subscriptions/a /subscriptions/b
