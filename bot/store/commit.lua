-- One event's whole effect, or nothing.
-- KEYS: 1 conversation, 2 seen mark, 3 outbox, 4 timers, 5 queue, 6 records, 7 story
-- ARGV: 1 version expected, 2 seconds to remember the event, 3 conversation as JSON, less its story,
--       4 state, 5 ticket, 6 conversation id, 7 queue score ('' leaves the queue),
--       8 lines that the story has ('' writes it whole), 9 how many of them, from the first, go,
--       then four counted lists: deliveries; timers as name, time pairs; records; lines of the
--       story. WHOLE: the story has not so many lines, and nothing was done.
--       A timer's time is '' to cancel. '=<time>' comes first, if at all: the event is this timer
--       firing, which has no effect when it was cancelled or set anew meanwhile.
local version = redis.call('HGET', KEYS[1], 'v') or '0'
if version ~= ARGV[1] then return 'STALE' end
local first = 12 + ARGV[10]
if ARGV[first - 1] ~= '0' and string.sub(ARGV[first + 1], 1, 1) == '=' then
  local stands = redis.call('ZSCORE', KEYS[4], ARGV[6] .. '\n' .. ARGV[first])
  if tonumber(stands) ~= tonumber(string.sub(ARGV[first + 1], 2)) then return 'DUP' end
end
if ARGV[8] ~= '' and redis.call('LLEN', KEYS[7]) ~= tonumber(ARGV[8]) then return 'WHOLE' end
if not redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) then return 'DUP' end
redis.call('HSET', KEYS[1], 'v', version + 1, 'b', ARGV[3], 's', ARGV[4], 't', ARGV[5])
if ARGV[7] == '' then
  redis.call('ZREM', KEYS[5], ARGV[6])
else
  redis.call('ZADD', KEYS[5], ARGV[7], ARGV[6])
end
local at = 10
for i = at + 1, at + ARGV[at] do
  redis.call('XADD', KEYS[3], '*', 'c', ARGV[6], 'a', ARGV[i])
end
at = at + ARGV[at] + 1
for i = at + 1, at + 2 * ARGV[at], 2 do
  local member = ARGV[6] .. '\n' .. ARGV[i]
  local time = ARGV[i + 1]
  if time == '' or string.sub(time, 1, 1) == '=' then
    redis.call('ZREM', KEYS[4], member)
  else
    redis.call('ZADD', KEYS[4], time, member)
  end
end
at = at + 2 * ARGV[at] + 1
for i = at + 1, at + ARGV[at] do
  redis.call('XADD', KEYS[6], 'MAXLEN', '~', 1000000, '*', 'c', ARGV[6], 'r', ARGV[i])
end
at = at + ARGV[at] + 1
if ARGV[8] == '' then
  redis.call('DEL', KEYS[7])
elseif ARGV[9] ~= '0' then
  redis.call('LTRIM', KEYS[7], ARGV[9], -1)
end
for i = at + 1, at + ARGV[at] do
  redis.call('RPUSH', KEYS[7], ARGV[i])
end
return 'OK'
