-- What holds a limit until an answer tells of a window: the documented amount in any stretch of its period. No call of
-- Redis. A request is counted from its grant to one period after its release. Of those that the Market counts within one
-- period, the one granted last was granted when each of the others was either on its way or released less than a period
-- before, so together they were no more than the amount.
--
-- Charges of a tenth of a period are kept as one, as late as the last of them: { when it began, cost, when it ended }.

local Bucket = {}

function Bucket.charge(charges, cost, period, now)
  local last = charges[#charges]
  if last and now - last[1] < period / 10 then
    last[2], last[3] = last[2] + cost, now
  else
    table.insert(charges, { now, cost, now })
  end
end

function Bucket.leak(charges, period, now)
  while charges[1] and charges[1][3] + period <= now do
    table.remove(charges, 1)
  end
end

function Bucket.level(charges)
  local level = 0
  for _, charge in ipairs(charges) do
    level = level + charge[2]
  end
  return level
end

-- The moment at which enough charges are over to leave room for a cost.
function Bucket.has_room_at(charges, cost, amount, period, now)
  local lacking, moment = Bucket.level(charges) + cost - amount, now
  for _, charge in ipairs(charges) do
    if lacking <= 0 then
      return moment
    end
    lacking, moment = lacking - charge[2], charge[3] + period
  end
  return moment + math.max(0, math.ceil(lacking / amount)) * period
end
