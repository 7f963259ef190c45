-- A conversation as it stands: its version, its JSON and the lines of its story.
-- KEYS: 1 conversation, 2 story
local found = redis.call('HMGET', KEYS[1], 'v', 'b')
found[3] = redis.call('LRANGE', KEYS[2], 0, -1)
return found
