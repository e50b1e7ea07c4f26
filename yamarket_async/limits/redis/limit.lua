-- One limit of the entity: what it knew, what it makes of an answer, and when it opens. Its window and its clock lie in
-- window.lua and clock.lua; while no answer has told of a window, bucket.lua holds it.

local function paced(limit)
  return limit.window.period_is_known and limit.window.period or UNKNOWN_PERIOD
end

local function settle(limit, number, outcome, sent)
  local window, went_alone, headers = limit.window, limit.window.goes_alone, outcome.headers
  local cost = Window.cost(window, window.in_flight[number], 1)
  local jitter = said.jitter * math.min(JITTER, paced(limit) / 50)
  limit.owners[number] = nil
  local is_told = Window.settle(window, number, outcome, certain(), Clock.latest(place.clock, now), jitter)
  if went_alone and not window.goes_alone and headers then
    Clock.trust_lag(place.clock, headers["until"] - window.period, sent)
  end
  if is_told and place.clock.lag > 0 and outcome.kind == "answered" and window.period_is_known then
    Clock.bound_lag(place.clock, headers["until"] - window.period, now)
  end
  local counts = not is_told and (outcome.kind == "answered" or outcome.kind == "lost" or outcome.kind == "parallel")
  if window["until"] > 0 then
    limit.charges = {}
  elseif counts and window.amount > 0 then
    Bucket.charge(limit.charges, cost, window.period, now)
  end
  return is_told
end

-- One that was born with another place is of no use: its clock and its slots are gone (evicted, for one).
local function limit_of(endpoint)
  if limits[endpoint] then
    return limits[endpoint]
  end
  local limit = read(window_of(endpoint))
  if not limit or limit.born ~= place.born then
    limit = {
      born = place.born,
      window = Window.documented(),
      slots = Slots.new(), -- of a method that has a figure of its own
      owners = {}, -- of what is in flight, by its number in the window: { worker, number of the call }
      charges = {},
      closed_until = 0,
      pauses = 0,
      has_waited = false,
      held_until = 0,
      head = "", -- what the worker at the head of the queue was told last
    }
  end
  limits[endpoint] = limit
  for number, owner in pairs(limit.owners) do
    local row = row_of(owner[1])
    local held = row and row.held[owner[2]]
    if not held or held[1] ~= endpoint or held[2] ~= number then
      settle(limit, number, { kind = "lost" }) -- whoever held it was not heard of for a whole lease
    end
  end
  limit.slots.busy = 0
  for _ in pairs(limit.owners) do
    limit.slots.busy = limit.slots.busy + 1
  end
  Window.turn(limit.window, certain())
  Bucket.leak(limit.charges, limit.window.period, now)
  return limit
end

-- The figures of whoever asks hold as long as no answer has told others. Where workers of two versions take turns with
-- figures in requests and in items, what was let through takes the same share of the limit in either.
local function document(limit, figures)
  local window = limit.window
  if not figures then
    return
  elseif window.last == 0 then
    limit.window = Window.documented(figures)
    return
  end
  if window.period ~= LONGER_PERIODS[figures.period] then
    window.period = figures.period
  end
  window.period_is_known = true
  if window["until"] == 0 then
    local documented = Window.documented(figures)
    if window.evidence ~= documented.evidence and window.amount > 0 then
      for _, charge in ipairs(limit.charges) do
        charge[2] = math.ceil(charge[2] * figures.amount / window.amount)
      end
    end
    window.amount, window.evidence, window.sends_items = figures.amount, documented.evidence, documented.sends_items
  end
end

local function is_affordable(limit, items)
  local window = limit.window
  if window.amount > 0 and window["until"] == 0 then
    local cost = Window.cost(window, items, 1)
    return Bucket.level(limit.charges) + Window.on_its_way(window) + cost <= window.amount
  end
  return Window.affordable(window, items, certain())
end

-- The moment before which time itself keeps the limit closed to a call that goes next.
local function opening(limit, items)
  local window, opens = limit.window, now
  if window["until"] > 0 then
    local wait = Window.wait(window, items, certain())
    opens = wait > 0 and Clock.when(place.clock, certain() + wait) or now
  elseif window.amount > 0 and not next(window.in_flight) then
    -- Where a request is on its way, its answer may tell of a window that leaves room.
    local cost = Window.cost(window, items, 1)
    opens = Bucket.has_room_at(limit.charges, cost, window.amount, window.period, now)
  end
  return math.max(limit.closed_until, opens)
end

-- The slots of a method that has a figure of its own, or those of the entity.
local function slots_of(limit, method_parallel)
  return method_parallel > 0 and limit.slots or place.slots
end
