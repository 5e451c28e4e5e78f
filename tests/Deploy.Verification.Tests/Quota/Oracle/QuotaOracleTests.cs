using System.Globalization;
using Deploy.Verification.Quota;

namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>
/// Random subscriptions: the report must not pass what Azure would refuse, nor fail what it would accept, and must not hide behind "unverified" when everything
/// was told. <c>./test</c> runs a fixed slice, <c>./test --all</c> 100,000 from a new seed; <c>DEPLOY_TEST_SEED</c> repeats the one case that a failure prints.
/// </summary>
public sealed class QuotaOracleTests
{
    private const int Slice = 2_000;
    private const int Sweep = 100_000;

    [Fact]
    public async Task Report_RandomSubscriptions_NeitherPassesNorBlocksFalsely()
    {
        var (first, count) = Cases();
        var verdicts = new int[Enum.GetValues<QuotaStatus>().Length];
        await Parallel.ForEachAsync(Enumerable.Range(first, count), TestContext.Current.CancellationToken, async (seed, _) =>
        {
            try
            {
                Interlocked.Increment(ref verdicts[(int)await new QuotaCase(seed).RunAsync()]);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"DEPLOY_TEST_SEED={seed} repeats this case: {exception.Message}"), exception);
            }
        });

        var result = string.Create(CultureInfo.InvariantCulture,
            $"{count} tables, seeds {first} to {first + count - 1}: {verdicts[0]} pass, {verdicts[1]} fail, {verdicts[2]} unverified; 0 false passes, 0 false blocks");
        TestContext.Current.SendDiagnosticMessage(result);
        if (count > 1)
        {
            Assert.All(verdicts, number => Assert.True(number > count / 20, $"the draw leaves a verdict nearly untried: {result}"));
        }

        if (count == Sweep)
        {
            Evidence.Write("quota-oracle", result);
        }
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
