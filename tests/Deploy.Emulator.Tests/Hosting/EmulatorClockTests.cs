using Deploy.Core;
using Deploy.Emulator.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Deploy.Emulator.Tests.Hosting;

public sealed class EmulatorClockTests
{
    private readonly FakeTimeProvider _real = new();

    [Fact]
    public void Now_SpeedChanged_GoesOnFromWhereItWas()
    {
        var clock = new EmulatorClock(_real, new ClockSetting { Speed = 60 });
        var start = clock.GetUtcNow();
        _real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetUtcNow() - start);
        clock.SetSpeed(0, isInstant: false);
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromMinutes(2), clock.GetUtcNow() - start);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2), clock.GetUtcNow() - start);
        clock.AdvanceTo(start);
        Assert.Equal(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2), clock.GetUtcNow() - start);
        Assert.Equal(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(7), clock.Setting.Offset);
    }

    [Fact]
    public void Timer_Scaled_FiresSooner()
    {
        var clock = new EmulatorClock(_real, new ClockSetting { Speed = 60 });
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal(0, fired);
        _real.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, fired);
    }

    [Theory]
    [InlineData("realtime", "realtime")]
    [InlineData("1x", "realtime")]
    [InlineData("instant", "instant")]
    [InlineData("0.5x", "0.5x")]
    [InlineData("0x", "0x")]
    public void Parse_Settings_PrintThemselves(string text, string printed) => Assert.Equal(printed, ClockSetting.Parse(text).ToString());

    [Theory]
    [InlineData("x")]
    [InlineData("-1x")]
    [InlineData("60")]
    [InlineData("1e9x")]
    [InlineData("9999999x")]
    public void Parse_Nonsense_IsRefused(string text) => Assert.Equal("DEP6007", Assert.Throws<DeployException>(() => ClockSetting.Parse(text)).Error.Code);

    [Fact]
    public async Task Instant_OperationOfAnHour_HasEndedWithTheNextRequest()
    {
        await using var cloud = await LocalCloud.StartAsync(options => options with { OperationDelay = TimeSpan.FromMinutes(10), Clock = ClockSetting.Instant });
        await cloud.SignInAsync();
        (await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "eastus2" })).MustBe(201);
        var id = cloud.Resource("Microsoft.Storage/storageAccounts", "phistore");
        (await cloud.PutAsync(id, "2024-01-01", new { location = "eastus2", sku = new { name = "Standard_LRS" }, kind = "StorageV2" })).MustBe(202);
        Assert.Equal("Succeeded", (string?)(await cloud.GetAsync(id, "2024-01-01")).MustBe(200).Json["properties"]!["provisioningState"]);
    }
}
