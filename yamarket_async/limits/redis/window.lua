-- The arithmetic of one resource limit: window.py over a table with the same fields, `window["until"]` because of a word
-- of Lua's own. No call of Redis, no clock: `now` and `latest` are moments of the server's clock, in epoch seconds.
-- tests/limits/test_redis_arithmetic.py compares the whole table with that of window.py after each event.

local Window = {}

function Window.documented(limit)
  return {
    amount = limit and limit.amount or 0,
    period = limit and limit.period or DATE_IS_ROUNDED,
    period_is_known = limit ~= nil,
    sends_items = limit ~= nil and limit.unit == "request_items",
    evidence = limit and limit.unit == "requests" and COUNTS_REQUESTS or 0,
    ["until"] = 0,
    used = 0,
    opens = 0,
    in_flight = {},
    items_in_flight = 0,
    untold = {},
    untold_items = 0,
    untold_requests = 0,
    last = 0,
    told_by = 0,
    told_ahead = 0,
    turned_after = 0,
    reckoned_from = 0,
    goes_alone = false,
    base = -1,
    asked = 0,
    asked_items = 0,
    is_mixed = false,
  }
end

local function count(entries)
  local number = 0
  for _ in pairs(entries) do
    number = number + 1
  end
  return number
end

-- What may be sent -------------------------------------------------------------------------------------------------

local function counts_requests(window)
  return window.evidence >= COUNTS_REQUESTS
end

function Window.is_unsure(window)
  return window.evidence > 0 and not counts_requests(window)
end

function Window.cost(window, items, requests)
  if counts_requests(window) then
    return requests
  end
  return window.amount > 0 and math.min(items, requests * window.amount) or items
end

-- What is on its way, in the believed unit.
function Window.on_its_way(window)
  return counts_requests(window) and count(window.in_flight) or window.items_in_flight
end

function Window.spent(window)
  local untold = counts_requests(window) and window.untold_requests or window.untold_items
  return window.used + untold + Window.on_its_way(window)
end

-- Returns nil where no answer has told of a window.
function Window.remaining(window)
  if window.amount > 0 and window["until"] > 0 then
    return math.max(0, window.amount - Window.spent(window))
  end
end

local function begin_comparison(window, used)
  window.base = used
  window.asked = count(window.in_flight) + window.untold_requests
  window.asked_items = window.items_in_flight + window.untold_items
  window.is_mixed = window.asked > 0
end

local function begin(window, ends)
  local is_first = window["until"] == 0
  window["until"], window.used, window.turned_after = ends, 0, window.last
  local late, items, requests = {}, 0, 0
  for _, entry in ipairs(window.untold) do
    if entry[3] == 1 then
      late[#late + 1] = { entry[1], entry[2], 0, entry[4] }
      items, requests = items + entry[2], requests + entry[4]
    end
  end
  window.untold, window.untold_items, window.untold_requests = late, items, requests
  if not is_first then
    begin_comparison(window, 0)
  end
end

function Window.turn(window, now)
  local ends = window["until"]
  if ends == 0 then
    return
  elseif now >= ends then
    window.reckoned_from = ends
    begin(window, ends + (math.floor((now - ends) / window.period) + 1) * window.period)
  elseif ends - now > math.max(window.period, window.told_ahead) + DATE_IS_ROUNDED then
    local ahead = (math.ceil((ends - now) / window.period) - 1) * window.period
    window["until"], window.opens = ends - ahead, window.opens - ahead
  end
end

function Window.affordable(window, items, now)
  if window.amount == 0 or window["until"] == 0 then
    return true
  end
  Window.turn(window, now)
  local is_alone = not next(window.in_flight)
  if now < window.opens or (window.goes_alone and not is_alone) then
    return false
  elseif Window.spent(window) + Window.cost(window, items, 1) <= window.amount then
    return true
  end
  local is_quiet = is_alone and not window.untold[1]
  return Window.is_unsure(window) and is_quiet and window.used < window.amount
end

-- What a window that was told leaves, whatever is on its way, and whether that is in requests: what Window.wait starts
-- from.
function Window.room(window)
  local may_be_requests = next(window.in_flight) ~= nil or not window.untold[1]
  local by_requests = counts_requests(window) or (Window.is_unsure(window) and may_be_requests)
  return math.max(0, window.amount - window.used - (by_requests and window.untold_requests or window.untold_items)), by_requests
end

function Window.wait(window, items, now)
  if window.amount == 0 or window["until"] == 0 then
    return 0
  end
  Window.turn(window, now)
  local room, by_requests = Window.room(window)
  local lacking = (by_requests and 1 or Window.cost(window, items, 1)) - room
  if lacking <= 0 then
    return math.max(0, window.opens - now)
  end
  local turns = math.ceil(lacking / window.amount)
  return math.max(window["until"] + (turns - 1) * window.period, window.opens) - now
end

-- What was sent and came back --------------------------------------------------------------------------------------

function Window.reserve(window, items)
  items = window.amount > 0 and math.min(items, window.amount) or items
  window.last = window.last + 1
  window.in_flight[window.last] = items
  window.items_in_flight = window.items_in_flight + items
  window.asked, window.asked_items = window.asked + 1, window.asked_items + items
  return window.last
end

local function has_longer_period(window, told)
  local longer = LONGER_PERIODS[window.period]
  if not longer or told["until"] % longer ~= 0 then
    return false
  end
  local ahead = told["until"] - told.date - DATE_IS_ROUNDED
  return window.period < ahead and ahead <= longer
end

local function credible(window, outcome)
  local told = outcome.headers
  if not told or not window.period_is_known or outcome.kind == "exhausted" then
    return told
  end
  local ends_in_time = told["until"] - told.date <= window.period + DATE_IS_ROUNDED
  return (ends_in_time or has_longer_period(window, told)) and told or nil
end

local function remember(window, items, late)
  local entry, newest = { window.last, items, late, 1 }, window.untold[#window.untold]
  window.untold_items = window.untold_items + items
  window.untold_requests = window.untold_requests + 1
  if #window.untold >= MOST_UNTOLD and newest[3] == late then
    table.remove(window.untold)
    entry[2], entry[4] = items + newest[2], 1 + newest[4]
  end
  table.insert(window.untold, entry)
end

local function forget(window, before)
  while window.untold[1] and window.untold[1][1] < before do
    local entry = table.remove(window.untold, 1)
    window.untold_items = window.untold_items - entry[2]
    window.untold_requests = window.untold_requests - entry[4]
  end
end

local function judge(window, counted, is_complete)
  local is_near = counted * counted < window.asked * math.min(window.asked_items, window.asked * window.amount)
  local has_history = window.base < 0
  if window.sends_items then
    if is_complete then
      window.evidence = is_near and COUNTS_REQUESTS or 0
    elseif not has_history then
      window.evidence = 0
    end
  elseif is_complete and counted == window.asked then
    window.evidence = math.min(COUNTS_REQUESTS, window.evidence + 1)
  elseif has_history and counted == window.asked_items then
    window.evidence = COUNTS_ITEMS
  elseif has_history then
    window.evidence = is_near and math.max(window.evidence, 1) or math.min(window.evidence, 1)
  else
    window.evidence = is_near and math.min(window.evidence, 1) or COUNTS_ITEMS
  end
end

local function compare_units(window)
  local counted = window.used - math.max(window.base, 0)
  local is_quiet = not next(window.in_flight) and not window.untold[1]
  if not is_quiet and counted <= window.asked then
    return
  end
  local is_complete = is_quiet and not window.is_mixed and window.used < window.amount
  local is_telling = window.asked_items >= 2 * window.asked and counted >= window.asked and window.asked > 0
  if (counted > window.asked or is_complete) and is_telling then
    judge(window, counted, is_complete)
  end
  begin_comparison(window, window.used)
end

local function follow(window, number, told, kind)
  local ends = told["until"]
  local ahead = ends - told.date
  if not window.period_is_known then
    window.period = math.max(window.period, ahead)
  elseif has_longer_period(window, told) then
    window.period = LONGER_PERIODS[window.period]
  end
  if ends > window["until"] then
    begin(window, ends)
    window.goes_alone = false
  elseif window.reckoned_from > 0 and window.reckoned_from < ends and ends < window["until"] then
    window["until"] = ends
  elseif ends < window["until"] then
    if number <= window.turned_after then
      return false
    end
    window.goes_alone = kind == "exhausted"
    begin(window, ends)
    window.opens = 0
  elseif kind ~= "exhausted" and number > window.turned_after then
    window.goes_alone = false
  end
  window.told_ahead, window.reckoned_from = ahead, 0
  window.used = math.max(window.used, told.amount - told.remaining)
  forget(window, number)
  if number > window.told_by then
    if told.amount ~= window.amount then
      window.evidence = math.max(window.evidence, 0)
    end
    window.amount, window.told_by = told.amount, number
  end
  if kind ~= "exhausted" then
    compare_units(window)
  end
  return true
end

local COSTS = { answered = true, lost = true, parallel = true }

-- Returns whether the answer told of a window.
function Window.settle(window, number, outcome, now, latest, jitter)
  Window.turn(window, now)
  local items = window.in_flight[number]
  window.in_flight[number] = nil
  window.items_in_flight = window.items_in_flight - items
  local told, kind = credible(window, outcome), outcome.kind
  if kind == "unsent" then
    window.asked, window.asked_items = window.asked - 1, window.asked_items - items
  elseif kind ~= "answered" then
    window.is_mixed = true
  end
  if told then
    if follow(window, number, told, kind) and kind == "exhausted" then
      window.used = math.max(window.used, told.amount)
      window.opens = told["until"] + (window.goes_alone and 0 or jitter)
      begin_comparison(window, window.used)
    end
  elseif COSTS[kind] then
    local is_late = window["until"] == 0 or latest >= window["until"]
    remember(window, items, is_late and 1 or 0)
  end
  if window["until"] == 0 then
    local first = window.last + 1
    for other in pairs(window.in_flight) do
      first = math.min(first, other)
    end
    forget(window, first)
  end
  return told ~= nil
end
