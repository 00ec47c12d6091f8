sig ''
