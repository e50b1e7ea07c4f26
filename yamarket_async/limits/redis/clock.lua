-- The server's clock, as far as its answers tell it: clock.py over a table with the same fields. No call of Redis.

local Clock = {}

function Clock.new()
  return { low = -INF, high = INF, round_trip = 0, seen = 0, lag = 0 }
end

function Clock.tell(clock, date, sent, received)
  local drift = DRIFT * (received - clock.seen)
  local low = math.max(clock.low - drift, date - received)
  local high = math.min(clock.high + drift, date + 1 - sent)
  if low > high then
    low, high, clock.lag = date - received, date + 1 - sent, 0
  end
  clock.low, clock.high, clock.seen, clock.round_trip = low, high, received, received - sent
end

function Clock.certain(clock, now)
  return now + clock.low - clock.lag - DRIFT * (now - clock.seen)
end

function Clock.learn_lag(clock, ends, sent)
  local late = Clock.certain(clock, sent) - ends
  if late < 0 then
    return false
  end
  local lag = math.max(FIRST_LAG, 2 * (clock.lag + late))
  if lag > LONGEST_LAG then
    return false
  end
  clock.lag = lag
  return true
end

function Clock.latest(clock, now)
  return now + clock.high + DRIFT * (now - clock.seen)
end

function Clock.trust_lag(clock, start, sent)
  local enough = Clock.certain(clock, sent) + clock.lag - start
  clock.lag = math.max(clock.lag, math.min(enough, LONGEST_LAG))
end

function Clock.bound_lag(clock, start, received)
  clock.lag = math.max(0, math.min(clock.lag, Clock.latest(clock, received) - start))
end

function Clock.when(clock, moment)
  return (moment - clock.low + clock.lag - DRIFT * clock.seen) / (1 - DRIFT)
end

function Clock.is_vague(clock, now, enough)
  local width = clock.high - clock.low + 2 * DRIFT * (now - clock.seen)
  return width > math.max(enough, 2 * clock.round_trip)
end

function Clock.telling_moment(clock, now)
  local to_server = (clock.low + clock.high + clock.round_trip) / 2
  return math.ceil(now + to_server) - to_server
end
