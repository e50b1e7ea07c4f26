-- The limits of one entity in Redis: the window of each of its methods, its parallel slots, and the workers whose calls
-- wait. One run of this script is one step that nothing comes between: a worker says what it holds, what it gives back
-- and what it waits for, and is told what it was granted. The arithmetic lies in the other files; script.py writes them
-- above this text, together with the constants. The serving is that of local.py.
--
-- KEYS[1]: the entity, `yamarket:{campaign 123}`. All its keys begin with that, and what stands in braces decides on the
-- slot of a cluster, so they lie together:
--   yamarket:{campaign 123}:slots                     the Market's clock, the parallel slots
--   yamarket:{campaign 123}:workers                   zset: the workers, by the moment their lease ends
--   yamarket:{campaign 123}:calls                     hash: for each worker what it holds and what it waits for
--   yamarket:{campaign 123}:window:getCampaignOffers  the window of the method
--   yamarket:{campaign 123}:queue:getCampaignOffers   zset: the workers that wait for it, by the arrival of their first
-- ARGV[1]: what a worker says, in MessagePack, as is all that is stored; see `sync` and `describe` at the end.
-- Returns what it is told. What other workers should know is published on their channels.

local said = cmsgpack.unpack(ARGV[1])
local entity = KEYS[1]
local SLOTS, WORKERS, CALLS = entity .. ":slots", entity .. ":workers", entity .. ":calls"

local place          -- the document of the entity
local now            -- seconds, see `tell_time`
local limits = {}    -- the documents of its methods, those that this run needed
local rows = {}      -- the documents of the workers, likewise
local changed = {}   -- the workers whose documents are to be written
local messages = {}  -- what each worker should know: see Message in script.py

-- tostring() and the arguments of a command would round a moment to 14 digits.
local function text(number)
  return string.format("%.17g", number)
end

local function read(key)
  local found = redis.call("GET", key)
  return found and cmsgpack.unpack(found)
end

local function write(key, document)
  redis.call("SET", key, cmsgpack.pack(document), "EX", KEPT)
end

local function window_of(endpoint)
  return entity .. ":window:" .. endpoint
end

local function queue_of(endpoint)
  return entity .. ":queue:" .. endpoint
end

-- The time of Redis, which never goes back: where its clock is put back, or a replica whose clock is behind takes over,
-- all moments of this entity stay as far from each other as they were.
local function tell_time()
  local time = redis.call("TIME")
  local moment = time[1] + time[2] / 1e6
  place.ahead = math.max(place.ahead or 0, (place.seen or 0) - moment)
  place.seen = moment + place.ahead
  return place.seen
end

local function certain()
  return Clock.certain(place.clock, now)
end

local function message_to(worker)
  messages[worker] = messages[worker] or { key = entity, granted = {} }
  return messages[worker]
end

local function row_of(worker)
  if rows[worker] == nil then
    local found = redis.call("HGET", CALLS, worker)
    rows[worker] = found and cmsgpack.unpack(found)
  end
  return rows[worker]
end

local function save()
  write(SLOTS, place)
  for endpoint, limit in pairs(limits) do
    write(window_of(endpoint), limit)
  end
  for worker in pairs(changed) do
    redis.call("HSET", CALLS, worker, cmsgpack.pack(rows[worker]))
  end
  redis.call("EXPIRE", WORKERS, KEPT)
  redis.call("EXPIRE", CALLS, KEPT)
end

local function publish()
  local channel = string.match(entity, "^(.-){") .. "worker "
  messages[said.worker] = nil -- it is answered
  for worker, message in pairs(messages) do
    redis.call("PUBLISH", channel .. worker, cmsgpack.pack(message))
  end
end
