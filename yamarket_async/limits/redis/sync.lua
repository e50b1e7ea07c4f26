-- What a worker says is done here, with what storage.lua has read; the serving is that of local.py.

-- Calls ------------------------------------------------------------------------------------------------------------

-- A call that waits: { number, items, arrival, max_parallel, method_parallel or 0, whether it may wait for ever }; it is
-- said how long ago it arrived, and kept when that was; `newest` are the number and the arrival of the last one.
-- A call that is held, under its number: { method, its number in the window, when it was granted, max_parallel,
-- method_parallel or 0, whether it tries a slot }.

local function hold(worker, number, endpoint, items, max_parallel, method_parallel)
  local limit, row = limit_of(endpoint), rows[worker]
  local in_window = Window.reserve(limit.window, items)
  local tries = Slots.take(slots_of(limit, method_parallel))
  limit.owners[in_window] = { worker, number }
  limit.held_until = 0
  row.held[number] = { endpoint, in_window, now, max_parallel, method_parallel, tries }
  changed[worker] = true
end

local function release(worker, number, outcome)
  local row = rows[worker]
  local endpoint, in_window, at, max_parallel, method_parallel, tried = unpack(row.held[number])
  local limit, headers = limit_of(endpoint), outcome.headers
  local slots = slots_of(limit, method_parallel)
  row.held[number], changed[worker] = nil, true
  Slots.give_back(slots)
  if not limit.owners[in_window] then
    return
  end
  if headers then
    Clock.tell(place.clock, headers.date, at, now)
    if outcome.kind == "answered" or outcome.kind == "exhausted" then
      Clock.learn_lag(place.clock, headers["until"], at)
    end
  end
  local is_told = settle(limit, in_window, outcome, at)
  local factor, most = (1 + said.jitter) / 2, method_parallel > 0 and method_parallel or max_parallel
  if outcome.kind == "exhausted" and not is_told then
    limit.closed_until = now + factor * math.min(paced(limit), FIRST_PAUSE * 2 ^ math.min(limit.pauses, MOST_DOUBLINGS))
    limit.pauses = limit.pauses + 1
  elseif outcome.kind == "parallel" then
    Slots.refused(slots, outcome.parallel, tried, at, most, now, factor)
  elseif outcome.kind == "answered" then
    Slots.answered(slots, tried, most, now)
    limit.pauses = 0
  end
end

local function add_to_queue(endpoint, requests, items)
  local queue = place.queues[endpoint] or { 0, 0 }
  queue[1], queue[2] = queue[1] + requests, queue[2] + items
  place.queues[endpoint] = queue[1] > 0 and queue or nil
end

-- Puts a worker into the queue of a method, or to another place of it, or takes it out.
local function wait_for(worker, endpoint, waiting)
  local row = rows[worker]
  local before = row.waiting[endpoint]
  if before then
    add_to_queue(endpoint, -before.requests, -before.items)
  end
  row.waiting[endpoint], changed[worker] = waiting, true
  if waiting and waiting.calls[1] then
    add_to_queue(endpoint, waiting.requests, waiting.items)
    redis.call("ZADD", queue_of(endpoint), text(waiting.calls[1][3]), worker)
    redis.call("EXPIRE", queue_of(endpoint), KEPT)
  else
    row.waiting[endpoint] = nil
    redis.call("ZREM", queue_of(endpoint), worker)
  end
end

local function bury(worker)
  local row = row_of(worker)
  if row then
    for number in pairs(row.held) do
      release(worker, number, { kind = "lost" })
    end
    for endpoint in pairs(row.waiting) do
      wait_for(worker, endpoint, nil)
    end
  end
  redis.call("HDEL", CALLS, worker)
  redis.call("ZREM", WORKERS, worker)
  rows[worker], changed[worker] = false, nil
end


-- Queues -----------------------------------------------------------------------------------------------------------

-- The worker whose call comes first in the queue of a method, and that call.
local function head_of(endpoint)
  while true do
    local worker = redis.call("ZRANGE", queue_of(endpoint), 0, 0)[1]
    if not worker then
      place.queues[endpoint] = nil
      return nil
    end
    local row = row_of(worker)
    local waiting = row and row.waiting[endpoint]
    if waiting then
      return { worker = worker, endpoint = endpoint, waiting = waiting, call = waiting.calls[1] }
    end
    redis.call("ZREM", queue_of(endpoint), worker)
  end
end

-- LocalLimiter._is_held_back: whether one of the last requests of a window waits until its answer tells the clock better.
local function is_held_back(limit, items, queue)
  local window, clock = limit.window, place.clock
  local left = Window.remaining(window)
  if not left or left == 0 or left == window.amount or Window.is_unsure(window) then
    return false
  end
  local enough
  if Window.cost(window, queue[2], queue[1]) > left then
    enough = CLOSE_ENOUGH
  elseif limit.has_waited and left <= TIMED_REQUESTS * Window.cost(window, items, 1) then
    enough = paced(limit) * WORTH_KNOWING
  end
  if not enough or not Clock.is_vague(clock, now, enough) then
    return false
  elseif next(window.in_flight) then
    return true
  elseif limit.held_until == 0 then
    local moment = Clock.telling_moment(clock, now)
    limit.held_until = Clock.latest(clock, moment) >= window["until"] and now or moment
  end
  return now < limit.held_until
end

local function may_go(head)
  local _, items, _, max_parallel, method_parallel, has_time = unpack(head.call)
  local limit = limit_of(head.endpoint)
  local most = method_parallel > 0 and method_parallel or max_parallel
  return Slots.has_room(slots_of(limit, method_parallel), most, now)
    and now >= limit.closed_until
    and is_affordable(limit, items)
    and not (has_time and is_held_back(limit, items, place.queues[head.endpoint]))
end

local function grant(head)
  local worker, waiting = head.worker, head.waiting
  local number, items, _, max_parallel, method_parallel = unpack(table.remove(waiting.calls, 1))
  hold(worker, number, head.endpoint, items, max_parallel, method_parallel)
  add_to_queue(head.endpoint, -1, -items)
  waiting.requests, waiting.items = waiting.requests - 1, waiting.items - items
  if waiting.calls[1] then
    redis.call("ZADD", queue_of(head.endpoint), text(waiting.calls[1][3]), worker)
  else
    message_to(worker).look = message_to(worker).look or waiting.requests > 0 or nil -- and name more of those that are left
    wait_for(worker, head.endpoint, nil)
  end
  table.insert(message_to(worker).granted, number)
end

-- Grants whatever can be granted, to the heads of the queues in the order of their arrival. Returns the heads left.
local function serve()
  local heads = {}
  for endpoint in pairs(place.queues) do
    heads[endpoint] = head_of(endpoint)
  end
  while true do
    local first
    for _, head in pairs(heads) do
      if (not first or head.call[3] < first.call[3]) and may_go(head) then
        first = head
      end
    end
    if not first then
      return heads
    end
    grant(first)
    heads[first.endpoint] = head_of(first.endpoint)
  end
end

-- What is told -----------------------------------------------------------------------------------------------------

-- How the limit of a method stands for a worker: seconds from now on, and what waits for it in other workers.
local function standing(endpoint, limit, worker)
  local window, queue = limit.window, place.queues[endpoint] or { 0, 0 }
  local row = worker and row_of(worker)
  local own = row and row.waiting[endpoint] or { requests = 0, items = 0 }
  local told = {
    amount = window.amount > 0 and window.amount or nil,
    by_requests = window.evidence >= COUNTS_REQUESTS,
    period = window.period,
    opens_in = math.max(0, limit.closed_until - now),
    requests_ahead = queue[1] - own.requests,
    items_ahead = queue[2] - own.items,
  }
  if window["until"] > 0 then
    told.remaining = Window.remaining(window)
    told.ends, told.ends_in = window["until"], Clock.when(place.clock, window["until"]) - now
    told.room, told.by_requests = Window.room(window)
    if window.opens > certain() then
      told.opens_in = math.max(told.opens_in, Clock.when(place.clock, window.opens) - now)
    end
  elseif window.amount > 0 and not next(window.in_flight) then
    told.room, told.leaks = window.amount - Bucket.level(limit.charges), {}
    for i, charge in ipairs(limit.charges) do
      told.leaks[i] = { charge[3] + window.period - now, charge[2] }
    end
  end
  return told
end

-- Lets the worker at the head of each queue know when it should look again. Returns the moment for the one that asks.
-- Others than the heads look when they are granted something, or become heads.
local function attend(heads)
  local earliest = INF
  for endpoint, head in pairs(heads) do
    local limit = limit_of(endpoint)
    local opens = opening(limit, head.call[2])
    limit.has_waited = limit.has_waited or opens > now
    local moment = math.max(opens, limit.held_until, slots_of(limit, head.call[5]).closed_until)
    if moment <= now and limit.window["until"] > 0 then
      moment = Clock.when(place.clock, limit.window["until"]) -- it waits for answers, and a turn makes room as well
    end
    local told = moment > now and string.format("%s-%d %.2f", head.worker, head.call[1], moment) or ""
    if head.worker == said.worker then
      earliest = moment > now and math.min(earliest, moment) or earliest
    elseif told ~= limit.head and told ~= "" then
      local message = message_to(head.worker)
      message.look_in = math.min(message.look_in or INF, moment - now)
      if opens > now then
        message.standings = message.standings or {}
        message.standings[endpoint] = standing(endpoint, limit, head.worker)
      end
    end
    limit.head = told
  end
  return earliest < INF and earliest - now or nil
end

local function standings()
  local told = {}
  for endpoint, limit in pairs(limits) do
    told[endpoint] = standing(endpoint, limit, said.worker)
  end
  return next(told) and told or nil -- an empty table would be taken for a list
end

-- What can be said -------------------------------------------------------------------------------------------------

local function load_place()
  place = read(SLOTS) or { queues = {}, clock = Clock.new(), slots = Slots.new() }
  now = tell_time()
end

-- Renews the lease of the worker that speaks.
local function renew()
  if not said.probes and not next(said.waits) then
    redis.call("ZREM", WORKERS, "") -- a Redis that is full lets a removal through, and with it all that follows
  end
  redis.call("ZADD", WORKERS, text(now + said.lease), said.worker) -- else it refuses this, while nothing is changed yet
end

-- Whether it begins, or something was evicted. Whoever is alive says again what it holds and what it waits for.
local function has_lost_its_memory()
  local workers = redis.call("ZCARD", WORKERS)
  return not place.born or workers == 0 or workers ~= redis.call("HLEN", CALLS)
end

-- Whoever was not heard of for a whole lease is dead: its slots are free, its calls wait no longer.
local function bury_the_dead()
  for _, worker in ipairs(redis.call("ZRANGEBYSCORE", WORKERS, "-inf", text(now), "LIMIT", 0, 16)) do
    bury(worker)
  end
end

-- Brings what the worker held here in line with what it says. It doesn't know yet of what it was granted since it spoke
-- last; a grant that it neither holds nor waits for reached it too late, so nothing was sent.
local function reconcile(row)
  local holds, waits = {}, {}
  for _, call in ipairs(said.holds) do
    holds[call[1]] = call
  end
  for _, waiting in pairs(said.waits) do
    for _, call in ipairs(waiting.calls) do
      waits[call[1]] = true
    end
  end
  for _, given in ipairs(said.releases) do
    if row.held[given[1]] then
      release(said.worker, given[1], given[2])
    end
  end
  for number in pairs(row.held) do
    if not holds[number] and not waits[number] then
      release(said.worker, number, { kind = "unsent" })
    end
  end
  for number, call in pairs(holds) do
    if not row.held[number] then
      hold(said.worker, number, call[2], call[3], call[4], call[5]) -- its lease had ended, or Redis lost its memory
    end
  end
end

-- Says of each call that a worker names when it arrived. The way to Redis takes now longer, now less; but what one worker
-- names arrived in the order of its numbers.
local function date_arrivals(row)
  local known, new = {}, {}
  for _, waiting in pairs(row.waiting) do
    for _, call in ipairs(waiting.calls) do
      known[call[1]] = call[3]
    end
  end
  for _, waiting in pairs(said.waits) do
    for _, call in ipairs(waiting.calls) do
      call[3] = known[call[1]] or now - call[3]
      new[#new + 1] = not known[call[1]] and call or nil
    end
  end
  table.sort(new, function(one, other)
    return one[1] < other[1]
  end)
  for _, call in ipairs(new) do
    if call[1] > row.newest[1] then
      call[3] = math.max(call[3], row.newest[2] + A_MOMENT)
      row.newest = { call[1], call[3] }
    else
      call[3] = math.min(call[3], row.newest[2])
    end
  end
end

local function take_up_waits(row)
  date_arrivals(row)
  for endpoint in pairs(row.waiting) do
    if not said.waits[endpoint] then
      wait_for(said.worker, endpoint, nil)
    end
  end
  for endpoint, waiting in pairs(said.waits) do
    document(limit_of(endpoint), waiting.limit)
    local left = {}
    for _, call in ipairs(waiting.calls) do
      if row.held[call[1]] then
        waiting.requests, waiting.items = waiting.requests - 1, waiting.items - call[2]
      else
        left[#left + 1] = call
      end
    end
    waiting.calls, waiting.limit = left, nil
    wait_for(said.worker, endpoint, waiting)
  end
end

-- { worker, seq, lease, jitter, holds, releases, waits, probes }: all that a worker has at this entity. Of what it says only the
-- latest counts: what it gave up as lost may come later than what it said after that.
local function sync()
  load_place()
  local is_lost = has_lost_its_memory()
  renew()
  if is_lost then
    redis.call("DEL", WORKERS, CALLS)
    place.slots.busy, place.queues, place.born = 0, {}, place.born or now
    renew()
  end
  bury_the_dead()
  local row = row_of(said.worker) or { seq = 0, held = {}, waiting = {}, newest = { 0, 0 } }
  if said.seq <= row.seq then
    return { stale = true }
  end
  row.seq = said.seq
  rows[said.worker], changed[said.worker] = row, true
  reconcile(row)
  take_up_waits(row)
  local heads = serve()
  local look_in = attend(heads)
  local own = {}
  for _, call in ipairs(said.holds) do
    own[call[1]] = true
  end
  local told = { granted = {}, look_in = look_in, standings = standings() }
  for number in pairs(row.held) do
    if not own[number] then
      table.insert(told.granted, number)
    end
  end
  save()
  publish()
  return told
end

-- { describe = method }: how its limit stands. Nothing is written.
local function describe()
  load_place()
  said.jitter = 0
  limit_of(said.describe)
  return { standings = standings() }
end

return cmsgpack.pack(said.describe and describe() or sync())
