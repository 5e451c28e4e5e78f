using System.Globalization;
using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

/// <summary>
/// Random requests over raw sockets. <c>./test</c> sends a fixed slice; <c>./test --all</c> 50,000 from a new seed. <c>DEPLOY_TEST_SEED</c> repeats the one request of that seed, which a failure prints;
/// it meets a new cloud then, so a failure that needs what came before it is found by the first seed of its batch, which is printed too.
/// </summary>
public sealed class RandomRequestTests
{
    private const int Slice = 500;
    private const int Sweep = 50_000;
    private const int Batch = 500;

    [Fact]
    public async Task Requests_Random_NeverCrashNorServeWithoutACredential()
    {
        var (first, count) = Cases();
        var statuses = new Dictionary<int, int>();
        for (var batch = first; batch < first + count; batch += Batch)
        {
            await RunAsync(batch, Math.Min(Batch, first + count - batch), statuses);
        }

        // Requests that are all turned away at the door would prove nothing about what is behind it.
        Assert.True(count < Batch || (Share(statuses, 200, 300) >= 0.05 && Share(statuses, 404, 500) >= 0.1), string.Join(", ", statuses.OrderBy(pair => pair.Key)));

        if (count == Sweep)
        {
            RunningTotal.Write("hostile-input", count, string.Create(CultureInfo.InvariantCulture, $"{count} random requests, seeds {first} to {first + count - 1}: no crash, no unexplained 500, nothing served without a token or key; answers by status: {string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}"));
        }
    }

    private static async Task RunAsync(int first, int count, Dictionary<int, int> statuses)
    {
        await using var endpoint = await Endpoints.ServerlessAsync();
        for (var seed = first; seed < first + count; seed++)
        {
            var request = RandomRequest.Draw(new Random(seed), endpoint);
            var isInference = request.Target.StartsWith("/serverless", StringComparison.OrdinalIgnoreCase) && seed % 2 == 0;
            var answer = await RawConnection.SendAsync(endpoint.Cloud.Connection, request.Wire(), overTls: !isInference, closes: false);
            var status = RawConnection.Status(answer);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            var fault = status == 0 ? "no answer"
                : status == 500 && !answer.Contains("\"DEP", StringComparison.Ordinal) ? "a 500 without a named cause"
                : status is >= 200 and < 300 && !request.HasCredential && !IsPublic(request) ? "served without a credential"
                : answer.Contains(endpoint.Cloud.Connection.ClientSecret, StringComparison.Ordinal) ? "the client secret"
                : null;
            Assert.True(fault is null, string.Create(CultureInfo.InvariantCulture, $"DEPLOY_TEST_SEED={seed} (batch from {first}): {fault}: {request}\n{answer}\n{endpoint.Cloud.Requests()[^1]["fault"]}"));
        }

        (await endpoint.Cloud.SendAsync("GET", "/")).MustBe(200);
    }

    private static double Share(Dictionary<int, int> statuses, int from, int to) => statuses.Where(pair => pair.Key >= from && pair.Key < to).Sum(pair => pair.Value) / (double)statuses.Values.Sum();

    // What anybody may ask: that it lives, and where to sign in.
    private static bool IsPublic(RandomRequest request)
    {
        var path = request.Target.Split('?')[0].Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Trim('/');
        return path.Length == 0 || request.Target.Contains("metadata", StringComparison.OrdinalIgnoreCase) || request.Target.Contains("discovery", StringComparison.OrdinalIgnoreCase);
    }

    private static (int First, int Count) Cases()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
        {
            return (given, 1);
        }

        return Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") == "1" ? (Random.Shared.Next(1_000_000_000), Sweep) : (1, Slice);
    }
}
