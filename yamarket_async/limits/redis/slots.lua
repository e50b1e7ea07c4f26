-- How many requests may be on their way at once: slots.py over a table with the same fields. No call of Redis.

local Slots = {}

function Slots.new()
  return {
    busy = 0,
    ceiling = 0,
    probes_at = INF,
    recovery = 0,
    lowered_at = -INF,
    closed_until = -INF,
    pauses = 0,
  }
end

local function most(slots, max_parallel, now)
  if slots.ceiling == 0 then
    return max_parallel
  end
  return math.min(max_parallel, slots.ceiling + (now >= slots.probes_at and 1 or 0))
end

function Slots.has_room(slots, max_parallel, now)
  return slots.busy < most(slots, max_parallel, now) and now >= slots.closed_until
end

function Slots.take(slots)
  slots.busy = slots.busy + 1
  return slots.ceiling > 0 and slots.busy > slots.ceiling
end

function Slots.give_back(slots)
  slots.busy = math.max(0, slots.busy - 1)
end

function Slots.refused(slots, told, tried, sent, max_parallel, now, factor)
  if sent < slots.lowered_at then
    return
  end
  local had = most(slots, max_parallel, now)
  local is_told = told and told < had
  if tried then
    slots.recovery = math.min(is_told and LONGEST_RECOVERY or LONGEST_CROWDED_RECOVERY, 2 * slots.recovery)
  elseif not is_told or now - slots.lowered_at > LONGEST_RECOVERY then
    slots.recovery = RECOVERY
  end
  slots.lowered_at, slots.probes_at = now, now + slots.recovery
  if is_told then
    slots.ceiling = math.max(1, told)
    return
  end
  slots.ceiling = math.max(1, had - 1)
  local pause = FIRST_CROWDED_PAUSE * 2 ^ math.min(slots.pauses, MOST_DOUBLINGS)
  slots.closed_until = now + factor * math.min(LONGEST_CROWDED_PAUSE, pause)
  slots.pauses = slots.pauses + 1
end

function Slots.answered(slots, tried, max_parallel, now)
  slots.pauses = 0
  if tried and slots.ceiling > 0 and now >= slots.probes_at then
    slots.ceiling = slots.ceiling + 1
    slots.recovery = math.max(RECOVERY, slots.recovery / 2)
    slots.probes_at = now + slots.recovery
    if slots.ceiling >= max_parallel then
      slots.ceiling, slots.probes_at = 0, INF
    end
  end
end
