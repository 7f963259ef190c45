-- Deliveries of one partition are done: remember which message is which, forget the deliveries.
-- KEYS: 1 outbox, then the links hash of each link
-- ARGV: 1 seconds to keep links, 2 number of links, then a field and a value for each link,
--       then the ids of the outbox entries
local links = tonumber(ARGV[2])
for i = 1, links do
  redis.call('HSET', KEYS[i + 1], ARGV[2 * i + 1], ARGV[2 * i + 2])
  redis.call('EXPIRE', KEYS[i + 1], ARGV[1])
end
redis.call('XDEL', KEYS[1], unpack(ARGV, 3 + 2 * links))
return 'OK'
