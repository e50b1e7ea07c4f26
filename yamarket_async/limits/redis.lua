-- The limits of one entity in Redis: the window of each of its methods, its parallel slots, and the calls that wait.
-- One run of this script is one step that nothing comes between. The arithmetic is that of window.py and clock.py, the
-- serving that of local.py, under their names; only `until`, a word of Lua's own, is called `ends`. The constants come
-- from there as well: redis.py writes them above this line.
--
-- KEYS[1]: the entity, `yamarket:{campaign 123}`. All its keys begin with that, and what stands in braces decides on the
-- slot of a cluster, so they lie together:
--   yamarket:{campaign 123}                          hash: the clock of the Market, the slots
--   yamarket:{campaign 123}:leases                   zset: the calls that were granted, by the moment their lease ends
--   yamarket:{campaign 123}:waiters                  zset: the calls that wait, by the moment they are given up as dead
--   yamarket:{campaign 123}:getCampaignOffers        hash: the window of the method
--   yamarket:{campaign 123}:getCampaignOffers:queue  zset: the calls that wait for it, by their arrival
-- ARGV[1]: who asks, and what he asks one after the other, in JSON; see `verbs` at the end.
-- Returns what the worker that asks should know, in JSON. What others should know is published on their channels.
--
-- The name of a call says all that has to be known of it: `<worker>-<number> <cost> <max_parallel> <patience> <method>`,
-- where its patience is "any" or, if it has a `max_wait`, "some".

local asker = cjson.decode(ARGV[1])
local entity = KEYS[1]
local LEASES, WAITERS = entity .. ":leases", entity .. ":waiters"
local INF = math.huge

local place           -- the hash of the entity
local now             -- seconds, see `tell_time`
local busy            -- how many leases there are
local windows = {}    -- the hashes of its methods, those that this run needed
local messages = {}   -- what each worker should know


-- Reading and writing ----------------------------------------------------------------------------------------------

local function read(key)
  local fields, record = redis.call("HGETALL", key), {}
  for i = 1, #fields, 2 do
    record[fields[i]] = tonumber(fields[i + 1]) or fields[i + 1]
  end
  return record
end

-- tostring() would round a moment to whole seconds and cjson.encode() to tenths of a millisecond.
local function text(number)
  return string.format("%.16g", number)
end

local function write(key, record)
  local fields = {}
  for name, value in pairs(record) do
    fields[#fields + 1] = name
    fields[#fields + 1] = type(value) == "table" and cjson.encode(value) or type(value) == "number" and text(value) or value
  end
  redis.call("HSET", key, unpack(fields))
  redis.call("EXPIRE", key, KEPT)
end

local function given(value)
  return value ~= cjson.null and value or nil
end

local function parse(name)
  local worker, cost, max_parallel, patience, endpoint = string.match(name, "^(%w+)%-%d+ (%d+) (%d+) (%l+) (.+)$")
  return {
    name = name,
    worker = worker,
    cost = tonumber(cost),
    max_parallel = tonumber(max_parallel),
    has_time = patience == "any",
    endpoint = endpoint,
  }
end

local function queue_of(endpoint)
  return entity .. ":" .. endpoint .. ":queue"
end

local function message_to(worker)
  messages[worker] = messages[worker] or { key = entity }
  return messages[worker]
end

-- Collects for a worker which calls of its are granted, in their order, or not known here.
local function tell(what, call)
  local message = message_to(call.worker)
  message[what] = message[what] or {}
  table.insert(message[what], call.name)
end

-- Collects for a worker how many seconds the limit holds a call of its up.
local function tell_wait(call, opens)
  local message = message_to(call.worker)
  message.waiting = message.waiting or {}
  message.waiting[call.name] = math.max(0, opens - now)
end


-- Time -------------------------------------------------------------------------------------------------------------

-- The time of Redis, which never goes back: where its clock is put back, or a replica whose clock is behind takes over,
-- all moments of this entity stay as far from each other as they were.
local function tell_time()
  local time = redis.call("TIME")
  local moment = time[1] + time[2] / 1e6
  place.ahead = math.max(place.ahead or 0, (place.seen or 0) - moment)
  place.seen = moment + place.ahead
  return place.seen
end

-- ServerClock.tell; `low` and `high` are absent before any answer.
local function tell_clock(date, sent, received)
  local drift = DRIFT * (received - (place.told_at or 0))
  local low = math.max((place.low or -INF) - drift, date - received)
  local high = math.min((place.high or INF) + drift, date + 1 - sent)
  if low > high then
    low, high = date - received, date + 1 - sent
  end
  place.low, place.high, place.told_at, place.round_trip = low, high, received, received - sent
end

local function certain()
  return place.low and now + place.low - DRIFT * (now - place.told_at) or -INF
end

local function latest(moment)
  return place.high and moment + place.high + DRIFT * (moment - place.told_at) or INF
end

local function when(moment)
  return (moment - place.low - DRIFT * place.told_at) / (1 - DRIFT)
end

-- ServerClock.is_vague
local function is_vague(enough)
  local width = place.high - place.low + 2 * DRIFT * (now - place.told_at)
  return width > math.max(enough, 2 * place.round_trip)
end

-- ServerClock.telling_moment
local function telling_moment()
  local to_server = (place.low + place.high + place.round_trip) / 2
  return math.ceil(now + to_server) - to_server
end


-- Window -----------------------------------------------------------------------------------------------------------

local function sum(entries)
  local total = 0
  for _, entry in pairs(entries) do
    total = total + entry[2]
  end
  return total
end

local function clamped(window, cost)
  return window.amount and math.min(cost, window.amount) or cost
end

local function begin(window, ends)
  window.ends, window.used, window.turned_after = ends, 0, window.last
  local late = {}
  for _, entry in ipairs(window.untold) do
    if entry[3] then
      late[#late + 1] = { entry[1], entry[2], false }
    end
  end
  window.untold = late
end

local function turn(window)
  local moment = certain()
  if not window.ends then
    return
  elseif moment >= window.ends then
    window.reckoned_from = window.ends
    begin(window, window.ends + (math.floor((moment - window.ends) / window.period) + 1) * window.period)
  elseif window.ends - moment > math.max(window.period, window.told_ahead) + DATE_IS_ROUNDED then
    local ahead = (math.ceil((window.ends - moment) / window.period) - 1) * window.period
    window.ends, window.opens = window.ends - ahead, window.opens - ahead
  end
end

local function forget(window, before)
  while window.untold[1] and window.untold[1][1] < before do
    table.remove(window.untold, 1)
  end
end

local function spent(window)
  return window.used + sum(window.untold) + sum(window.in_flight)
end

-- Returns nil where no answer has told of a window.
local function remaining(window)
  return window.amount and window.ends and math.max(0, window.amount - spent(window)) or nil
end

local function credible(window, outcome)
  local told = given(outcome.headers)
  if not told or window.period_is_known == 0 or outcome.kind == "exhausted" then
    return told
  end
  return told["until"] - told.date <= window.period + DATE_IS_ROUNDED and told or nil
end

local function follow(window, number, told)
  local ends = told["until"]
  local ahead = ends - told.date
  if window.period_is_known == 0 then
    window.period = math.max(window.period, ahead)
  end
  if not window.ends or ends > window.ends then
    begin(window, ends)
  elseif window.reckoned_from > 0 and window.reckoned_from < ends and ends < window.ends then
    window.ends = ends
  elseif ends < window.ends then
    if number <= window.turned_after then
      return false
    end
    begin(window, ends)
    window.opens = 0
  end
  window.told_ahead, window.reckoned_from = ahead, 0
  window.used = math.max(window.used, told.amount - told.remaining)
  forget(window, number)
  if number > window.told_by then
    window.amount, window.told_by = told.amount, number
  end
  return true
end

local function paced(window)
  return window.period_is_known == 1 and window.period or UNKNOWN_PERIOD
end

-- What holds a limit until an answer tells of a window: the documented amount in any stretch of its period. A request is
-- counted from its grant to one period after its release. Of those that the Market counts within one period, the one
-- granted last was granted when each of the others was either on its way or released less than a period before, so
-- together they were no more than the amount. Charges of a tenth of a period are kept as one, as late as the last of
-- them: { when it began, cost, when it ended }.
local function charge(window, cost)
  local last = window.charges[#window.charges]
  if last and now - last[1] < window.period / 10 then
    last[2], last[3] = last[2] + cost, text(now)
  else
    table.insert(window.charges, { text(now), cost, text(now) })
  end
end

local function drop_charges(window)
  while window.charges[1] and (window.ends or window.charges[1][3] + window.period <= now) do
    table.remove(window.charges, 1)
  end
end

-- The moment at which enough charges are over, as far as it can be told.
local function charges_leave(window, cost)
  local lacking = sum(window.charges) + cost - window.amount
  local moment = now
  for _, entry in ipairs(window.charges) do
    if lacking <= 0 then
      return moment
    end
    lacking, moment = lacking - entry[2], entry[3] + window.period
  end
  return moment + math.max(0, math.ceil(lacking / window.amount)) * window.period
end

local COSTS = { answered = true, lost = true, parallel = true }

local function settle(window, name, outcome)
  turn(window)
  local number, cost = unpack(window.in_flight[name])
  window.in_flight[name] = nil
  local told = credible(window, outcome)
  if told then
    if follow(window, number, told) and outcome.kind == "exhausted" then
      window.used = math.max(window.used, told.amount)
      window.opens = told["until"] + asker.jitter * math.min(JITTER, paced(window) / 50)
    end
  elseif COSTS[outcome.kind] then
    local is_late = not window.ends or latest(now) >= window.ends
    table.insert(window.untold, { window.last, cost, is_late })
    if window.amount and not window.ends then
      charge(window, cost)
    end
  end
  if not window.ends then
    local first = window.last + 1
    for _, entry in pairs(window.in_flight) do
      first = math.min(first, entry[1])
    end
    forget(window, first)
  end
  return told ~= nil
end

local function is_affordable(window, cost)
  if not window.amount then
    return true
  elseif not window.ends then
    return sum(window.charges) + sum(window.in_flight) + clamped(window, cost) <= window.amount
  end
  return certain() >= window.opens and spent(window) + clamped(window, cost) <= window.amount
end

-- The moment before which time itself keeps the limit closed to a call: Window.wait, in the time of Redis.
local function opening(window, cost, ahead, calls_ahead)
  if not window.amount then
    return window.closed_until
  end
  ahead = math.min(ahead, calls_ahead * window.amount)
  cost = clamped(window, cost)
  if not window.ends then
    -- Where a request is on its way, its answer may tell of a window that leaves room.
    local leave = next(window.in_flight) and now or charges_leave(window, ahead + cost)
    return math.max(window.closed_until, leave)
  end
  local lacking = ahead + cost - math.max(0, window.amount - window.used - sum(window.untold))
  local opens = window.opens
  if lacking > 0 then
    opens = math.max(opens, window.ends + (math.ceil(lacking / window.amount) - 1) * window.period)
  end
  return math.max(window.closed_until, opens > certain() and when(opens) or now)
end

-- A window that was born with another place is of no use: its clock and its leases are gone (evicted, for one).
local function load_window(endpoint)
  if windows[endpoint] then
    return windows[endpoint]
  end
  local key = entity .. ":" .. endpoint
  local found = read(key)
  if found.born ~= place.born then
    found = {}
    if not asker.describe then
      redis.call("DEL", key)
    end
  end
  local window = {
    born = place.born,
    amount = found.amount,
    period = found.period or DATE_IS_ROUNDED,
    period_is_known = found.period_is_known or 0,
    ends = found.ends,
    used = found.used or 0,
    opens = found.opens or 0,
    told_ahead = found.told_ahead or 0,
    last = found.last or 0,
    told_by = found.told_by or 0,
    turned_after = found.turned_after or 0,
    reckoned_from = found.reckoned_from or 0, -- 0 where an answer told the end
    in_flight = cjson.decode(found.in_flight or "{}"),
    untold = cjson.decode(found.untold or "{}"),
    charges = cjson.decode(found.charges or "{}"),
    closed_until = found.closed_until or 0,
    pauses = found.pauses or 0,
    head = found.head or "",
    has_waited = found.has_waited or 0,
    held_until = found.held_until or 0,
  }
  windows[endpoint] = window
  for name in pairs(window.in_flight) do
    if not redis.call("ZSCORE", LEASES, name) then
      settle(window, name, { kind = "lost" }) -- whoever held it was not heard of for a whole lease
    end
  end
  turn(window)
  drop_charges(window)
  return window
end

-- The figures of whoever asks hold as long as no answer has told others.
local function document(window, limit)
  if limit then
    window.period, window.period_is_known = limit.period, 1
    if not window.ends then
      window.amount = limit.amount
    end
  end
end


-- Slots ------------------------------------------------------------------------------------------------------------

local function slots(max_parallel)
  if not place.ceiling then
    return max_parallel
  end
  return math.min(max_parallel, place.ceiling + math.floor((now - place.lowered_at) / RECOVERY))
end

local function has_slot(max_parallel)
  return busy < slots(max_parallel) and now >= (place.closed_until or 0)
end

local function factor()
  return (1 + asker.jitter) / 2
end

local function refuse(told, at, max_parallel)
  if at < (place.lowered_at or 0) then
    return
  end
  local had = slots(max_parallel)
  place.lowered_at = now
  if told and told < had then
    place.ceiling = math.max(1, told)
    return
  end
  place.ceiling = math.max(1, had - 1)
  local pauses = place.pauses or 0
  place.closed_until = now + factor() * math.min(LONGEST_CROWDED_PAUSE, FIRST_CROWDED_PAUSE * 2 ^ pauses)
  place.pauses = pauses + 1
end


-- Queues -----------------------------------------------------------------------------------------------------------

local function enqueue(call)
  place.arrivals = (place.arrivals or 0) + 1
  redis.call("ZADD", queue_of(call.endpoint), place.arrivals, call.name)
  redis.call("EXPIRE", queue_of(call.endpoint), KEPT)
  redis.call("ZADD", WAITERS, text(now + asker.lease), call.name)
  place.queues[call.endpoint] = (place.queues[call.endpoint] or 0) + call.cost
end

local function dequeue(call)
  redis.call("ZREM", WAITERS, call.name)
  if redis.call("ZREM", queue_of(call.endpoint), call.name) == 1 then
    place.queues[call.endpoint] = math.max(0, (place.queues[call.endpoint] or 0) - call.cost)
  end
end

-- The call that comes first in the queue of a method. One that isn't among the waiters has nobody who waits for it.
local function head_of(endpoint)
  while true do
    local name, arrival = unpack(redis.call("ZRANGE", queue_of(endpoint), 0, 0, "WITHSCORES"))
    if not name then
      place.queues[endpoint] = nil
      return nil
    end
    local call = parse(name)
    if redis.call("ZSCORE", WAITERS, name) then
      call.arrival = tonumber(arrival)
      return call
    end
    dequeue(call)
  end
end

-- LocalLimiter._is_held_back: whether one of the last requests of a window waits until its answer tells the clock better.
local function is_held_back(window, cost, waiting)
  local left = remaining(window)
  if not left or left == 0 or left == window.amount then
    return false
  end
  local enough
  if waiting > left then
    enough = CLOSE_ENOUGH
  elseif window.has_waited == 1 and left <= TIMED_REQUESTS * cost then
    enough = paced(window) * WORTH_KNOWING
  end
  if not enough or not is_vague(enough) then
    return false
  elseif next(window.in_flight) then
    return true
  elseif window.held_until == 0 then
    local moment = telling_moment()
    window.held_until = latest(moment) >= window.ends and now or moment
  end
  return now < window.held_until
end

-- `waiting` is the cost of all that wait for the limit, this call included.
local function may_go(call, waiting)
  if not has_slot(call.max_parallel) then
    return false
  end
  local window = load_window(call.endpoint)
  return now >= window.closed_until
    and is_affordable(window, call.cost)
    and not (call.has_time and is_held_back(window, call.cost, waiting))
end

-- A call that waited is granted for what is left of the time since its worker was last heard of.
local function grant(call, lease_ends)
  local window = load_window(call.endpoint)
  window.last, window.held_until = window.last + 1, 0
  window.in_flight[call.name] = { window.last, clamped(window, call.cost), text(now) }
  redis.call("ZADD", LEASES, text(lease_ends), call.name)
  busy = busy + 1
  tell("granted", call)
end

local function first_ready(heads)
  local first
  for _, call in pairs(heads) do
    if (not first or call.arrival < first.arrival) and may_go(call, place.queues[call.endpoint]) then
      first = call
    end
  end
  return first
end

-- Grants whatever can be granted, to the heads of the queues in the order of their arrival. Returns the heads left.
local function serve()
  local heads = {}
  for endpoint in pairs(place.queues) do
    heads[endpoint] = head_of(endpoint)
  end
  local call = first_ready(heads)
  while call do
    local lease_ends = tonumber(redis.call("ZSCORE", WAITERS, call.name))
    dequeue(call)
    grant(call, lease_ends)
    heads[call.endpoint] = head_of(call.endpoint)
    call = first_ready(heads)
  end
  return heads
end

-- The moment at which time alone lets the first call of a queue go; in the past where it waits for something else.
local function moment_of(call, window)
  return math.max(opening(window, call.cost, 0, 0), window.held_until, place.closed_until or 0)
end

-- Lets the workers whose calls are first know what those wait for, where they don't know yet.
local function attend(heads)
  for endpoint, call in pairs(heads) do
    local window = load_window(endpoint)
    local opens, moment = opening(window, call.cost, 0, 0), moment_of(call, window)
    local head = moment > now and string.format("%s not before %.2f", call.name, moment) or ""
    if moment > now and head ~= window.head then
      message_to(call.worker) -- with the time of its next look
    end
    if opens > now then
      window.has_waited = 1
      if head ~= window.head then
        tell_wait(call, opens)
      end
    end
    window.head = head
  end
end

-- When whoever waits should have a look: as soon as time opens a limit or ends a lease. Other workers tell the rest.
local function look_in(heads)
  local earliest = INF
  for endpoint, call in pairs(heads) do
    local window = load_window(endpoint)
    local moment = moment_of(call, window)
    if moment <= now and window.ends then
      moment = when(window.ends) -- it waits for answers, and a turn makes room as well
    end
    earliest = moment > now and math.min(earliest, moment) or earliest
  end
  if next(heads) then
    for _, key in ipairs({ LEASES, WAITERS }) do
      earliest = math.min(earliest, tonumber(redis.call("ZRANGE", key, 0, 0, "WITHSCORES")[2]) or INF)
    end
  end
  return earliest < INF and earliest - now or nil
end


-- What can be asked ------------------------------------------------------------------------------------------------

-- { verb = acquire, name, limit }: a call wants to be granted.
local function acquire(ask)
  local call = parse(ask.name)
  local window = load_window(call.endpoint)
  document(window, given(ask.limit))
  if redis.call("ZSCORE", LEASES, call.name) then
    tell("granted", call) -- granted already, and the answer got lost
  elseif redis.call("ZSCORE", queue_of(call.endpoint), call.name) then
    redis.call("ZADD", WAITERS, text(now + asker.lease), call.name)
  elseif not place.queues[call.endpoint] and may_go(call, call.cost) then
    grant(call, now + asker.lease)
  else
    local ahead, calls_ahead = place.queues[call.endpoint] or 0, redis.call("ZCARD", queue_of(call.endpoint))
    enqueue(call)
    tell_wait(call, opening(window, call.cost, ahead, calls_ahead))
  end
end

-- { verb = release, name, outcome }: a call is over. One that only waits, or that nobody knows any more, is taken out.
local function release(ask)
  local call, outcome = parse(ask.name), ask.outcome
  local window = load_window(call.endpoint)
  local released = redis.call("ZREM", LEASES, call.name)
  busy = busy - released
  if released == 0 or not window.in_flight[call.name] then
    return dequeue(call)
  end
  local at = tonumber(window.in_flight[call.name][3])
  local headers = given(outcome.headers)
  if headers then
    tell_clock(headers.date, at, now)
  end
  local is_told = settle(window, call.name, outcome)
  drop_charges(window)
  if outcome.kind == "exhausted" and not is_told then
    window.closed_until = now + factor() * math.min(paced(window), FIRST_PAUSE * 2 ^ window.pauses)
    window.pauses = window.pauses + 1
  elseif outcome.kind == "parallel" then
    refuse(given(outcome.parallel), at, call.max_parallel)
  elseif outcome.kind == "answered" then
    place.pauses, window.pauses = 0, 0
  end
end

-- { verb = look, names }: the calls of the worker live.
local function renew(ask)
  for _, name in ipairs(ask.names) do
    local call, ends = parse(name), text(now + asker.lease)
    if redis.call("ZSCORE", LEASES, name) then
      redis.call("ZADD", LEASES, ends, name)
      tell("granted", call)
    elseif place.queues[call.endpoint] and redis.call("ZSCORE", queue_of(call.endpoint), name) then
      redis.call("ZADD", WAITERS, ends, name)
    else
      dequeue(call) -- what there may still be of it
      tell("unknown", call)
    end
  end
end

-- Tells a worker how long the limit holds up those of its calls that still wait.
local function estimate()
  for endpoint in pairs(place.queues) do
    local window, ahead = load_window(endpoint), 0
    for position, name in ipairs(redis.call("ZRANGE", queue_of(endpoint), 0, -1)) do
      local call = parse(name)
      if call.worker == asker.worker then
        tell_wait(call, opening(window, call.cost, ahead, position - 1))
      end
      ahead = ahead + call.cost
    end
  end
end

-- Whoever was not heard of for a whole lease is dead: its slots are free, its calls wait no longer.
local function prune()
  redis.call("ZREMRANGEBYSCORE", LEASES, "-inf", text(now))
  for _, name in ipairs(redis.call("ZRANGEBYSCORE", WAITERS, "-inf", text(now))) do
    dequeue(parse(name))
  end
  busy = redis.call("ZCARD", LEASES)
end

local function load_place()
  place = read(entity)
  place.queues = cjson.decode(place.queues or "{}")
  now = tell_time()
  place.born = place.born or now
end

local function save()
  write(entity, place)
  for endpoint, window in pairs(windows) do
    turn(window)
    write(entity .. ":" .. endpoint, window)
  end
  redis.call("EXPIRE", LEASES, KEPT)
  redis.call("EXPIRE", WAITERS, KEPT)
end

local function states()
  local told = {}
  for endpoint, window in pairs(windows) do
    told[endpoint] = {
      amount = window.amount,
      remaining = remaining(window),
      ends = window.ends,
      ends_in = window.ends and when(window.ends) - now,
      period = window.period,
    }
  end
  return told
end

-- Returns what the worker that asks should know, and publishes what others should.
local function deliver(moment)
  local own = message_to(asker.worker or "")
  messages[asker.worker or ""] = nil
  for worker, message in pairs(messages) do
    message.look_in = moment
    redis.call("PUBLISH", string.match(entity, "^(.-){") .. "worker " .. worker, cjson.encode(message))
  end
  own.look_in, own.states = moment, states()
  return cjson.encode(own)
end

local verbs = { acquire = acquire, release = release, look = renew }

local function work()
  local heads, looks
  for _, ask in ipairs(asker.asks) do
    if ask.verb == "acquire" then
      -- A Redis that is full refuses this, while nothing is changed yet. What only gives back begins with a removal;
      -- that is let through, and with it all that follows.
      redis.call("HSET", entity, "seen", text(now))
    end
  end
  prune()
  for _, ask in ipairs(asker.asks) do
    verbs[ask.verb](ask)
    heads = serve()
    looks = looks or ask.verb == "look"
  end
  attend(heads)
  if looks then
    estimate()
  end
  local moment = look_in(heads)
  save()
  return deliver(moment)
end

if not asker.describe and not asker.asks[1] then
  redis.call("SET", entity, "", "EX", 1) -- whoever asks nothing wants to know whether that can be written
  return "{}"
end
load_place()
if asker.describe then
  load_window(asker.describe) -- and nothing is written
  return deliver()
end
return work()
