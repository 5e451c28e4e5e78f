namespace Bench.Verify;

/// <summary>How long the requests of many endpoints take when nothing costs time but the endpoints themselves, and nobody knows beforehand which request is throttled.</summary>
internal sealed class Schedule(int slots, TimeSpan latency, TimeSpan retryAfter)
{
    /// <param name="courses">For each endpoint its requests, one after another, with whether they are throttled.</param>
    /// <param name="order">Which of the endpoints that could go on goes first, by how many requests it has made: the smallest number, then the first in the list.</param>
    public TimeSpan Of(IReadOnlyList<IReadOnlyList<bool>> courses, Func<int, int> order)
    {
        var made = new int[courses.Count];
        var ready = new SortedSet<(int Order, int Endpoint)>(Enumerable.Range(0, courses.Count).Select(endpoint => (order(0), endpoint)));
        var events = new PriorityQueue<(int Endpoint, bool GivesSlot), TimeSpan>();
        var (now, free) = (TimeSpan.Zero, slots);
        while (true)
        {
            while (free > 0 && ready.Count > 0)
            {
                var next = ready.Min;
                ready.Remove(next);
                free--;
                events.Enqueue((next.Endpoint, true), now + latency);
            }

            if (!events.TryDequeue(out var happened, out var then))
            {
                return now;
            }

            now = then;
            if (happened.GivesSlot)
            {
                free++;
                if (courses[happened.Endpoint][made[happened.Endpoint]++])
                {
                    events.Enqueue((happened.Endpoint, false), now + retryAfter);
                    continue;
                }
            }

            if (made[happened.Endpoint] < courses[happened.Endpoint].Count)
            {
                ready.Add((order(made[happened.Endpoint]), happened.Endpoint));
            }
        }
    }
}
