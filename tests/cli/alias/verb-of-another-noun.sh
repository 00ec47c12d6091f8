sig export prod/ubuntu/1.0.0
