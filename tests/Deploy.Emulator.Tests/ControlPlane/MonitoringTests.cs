namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class MonitoringTests
{
    [Fact]
    public async Task DiagnosticSetting_SinkUsedTwice_ConflictsByCategory()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        await cloud.PutStorageAsync("phistore");
        var sink = cloud.Resource("Microsoft.OperationalInsights/workspaces", "logs");
        (await PutAsync("first", sink, "AllMetrics")).MustBe(200);
        (await PutAsync("first", sink, "AllMetrics")).MustBe(200);
        var conflict = (await PutAsync("second", sink, "AllMetrics")).MustBe(409).Json;
        Assert.Equal("Conflict", (string?)conflict["code"]);
        Assert.Equal(
            $"Data sink '{sink}' is already used in diagnostic setting 'first' for category 'AllMetrics'. Data sinks can't be reused in different settings on the same category for the same resource.",
            (string?)conflict["message"]);
        (await PutAsync("second", sink, "Capacity")).MustBe(200);
        Assert.Equal("At least one data sink needs to be specified.", (string?)(await PutAsync("third", null, "X")).MustBe(400).Json["message"]);
        for (var count = 3; count <= 5; count++)
        {
            (await PutAsync($"number{count}", sink, $"Category{count}")).MustBe(200);
        }

        (await PutAsync("number6", sink, "Category6")).MustBe(400);

        Task<Answer> PutAsync(string name, string? workspaceId, string category) => cloud.PutAsync(
            $"{cloud.Resource("Microsoft.Storage/storageAccounts", "phistore")}/providers/Microsoft.Insights/diagnosticSettings/{name}", "2021-05-01-preview",
            new { properties = new { workspaceId = workspaceId ?? "", metrics = new[] { new { category, enabled = true } } } });
    }

    [Theory]
    [InlineData("6", "1", "9", "1", "BadRequest", "The minimum capacity value '6' that you specified in the autoscale setting is greater than the default capacity of '1'.  Enter a minimum capacity less than '1'.")]
    [InlineData("1", "9", "5", "1", "BadRequest", "greater than the maximum capacity of '5'")]
    [InlineData("6", "6", "5", "1", "BadRequest", "greater than the maximum capacity of '5'")]
    [InlineData("1", "1", "10", "10", "InvalidActionValue", "The autoscale setting you provided has an invalid scale action value ('10'). Specify a scale value less than or equal to the difference between the capacity maximum 10 and the capacity minimum 1.")]
    [InlineData("1", "x", "10", "1", "BadRequest", "whole numbers")]
    [InlineData("1", "2", "3", "2", null, "")]
    public async Task Autoscale_Capacities_AreInOrder(string minimum, string usual, string maximum, string step, string? code, string message)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var target = cloud.Resource("Microsoft.Storage/storageAccounts", "any");
        var trigger = new Dictionary<string, object>
        {
            ["metricName"] = "CpuPercentage", ["metricResourceUri"] = target, ["timeGrain"] = "PT1M", ["statistic"] = "Average", ["timeWindow"] = "PT5M",
            ["timeAggregation"] = "Average", ["operator"] = "GreaterThan", ["threshold"] = 70,
        };
        var profile = new
        {
            name = "usual",
            capacity = new Dictionary<string, string> { ["minimum"] = minimum, ["default"] = usual, ["maximum"] = maximum },
            rules = new[] { new { metricTrigger = trigger, scaleAction = new { direction = "Increase", type = "ChangeCount", value = step, cooldown = "PT5M" } } },
        };
        var answer = await cloud.PutAsync(cloud.Resource("Microsoft.Insights/autoscaleSettings", "scale"), "2022-10-01", new { location = "eastus2", properties = new { targetResourceUri = target, enabled = true, profiles = new[] { profile } } });
        Assert.Equal(code ?? "", answer.MustBe(code is null ? 201 : 400).Status == 201 ? "" : answer.Code);
        Assert.Contains(message, code is null ? "" : answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "2026-11-01", "2027-11-01", "greater than 0")]
    [InlineData(10, "2026-11-02", "2027-11-01", "first of the month")]
    [InlineData(10, "2028-01-01", "2029-01-01", "12 months")]
    [InlineData(10, "2017-05-01", "2029-01-01", "2017-06-01")]
    [InlineData(10, "2026-11-01", "2026-10-01", "less than the end date")]
    [InlineData(10, "2026-11-01", "2027-11-01", null)]
    public async Task Budget_AmountAndDates_AreChecked(int amount, string start, string end, string? fault)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero));
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        await cloud.WithGroupAsync();
        var answer = await PutAsync(start);
        Assert.Contains(fault ?? "", fault is null ? "" : answer.MustBe(400).Message, StringComparison.Ordinal);
        if (fault is null)
        {
            answer.MustBe(201);
            Assert.Equal("Start date of budgets cannot be updated. Please delete and create a new budget.", (await PutAsync("2026-12-01")).MustBe(400).Message);
        }

        Task<Answer> PutAsync(string startDate) => cloud.PutAsync(
            $"{cloud.GroupId}/providers/Microsoft.Consumption/budgets/month", "2024-08-01",
            new { properties = new { amount, category = "Cost", timeGrain = "Monthly", timePeriod = new { startDate = $"{startDate}T00:00:00Z", endDate = $"{end}T00:00:00Z" } } });
    }
}
