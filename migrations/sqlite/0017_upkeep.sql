-- The job that deletes expired and unused data every hour is named after its folder, src/upkeep.
update jobs set kind = 'upkeep.sweep' where kind = 'house.sweep';
