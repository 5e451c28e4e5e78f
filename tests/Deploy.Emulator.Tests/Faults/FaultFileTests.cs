using Deploy.Core;
using Deploy.Emulator.Faults;

namespace Deploy.Emulator.Tests.Faults;

public sealed class FaultFileTests
{
    [Fact]
    public void Read_EveryField_ComesBackAsWritten()
    {
        IReadOnlyList<FaultRule> rules =
        [
            new() { Id = "a", Kind = FaultKinds.Status, Endpoint = "mini", Method = "POST", Path = "/**", After = 1, Times = 2, Probability = 0.25, Seed = 3, Status = 503, RetryAfter = TimeSpan.FromSeconds(9), Body = "ä\"", ContentType = "text/html" },
            new() { Id = "b", Kind = FaultKinds.OperationFailure, ResourceType = "A/b", Resource = "*", Code = "C", Message = "m" },
            new() { Id = "c", Kind = FaultKinds.Latency, Delay = TimeSpan.FromMilliseconds(1500) },
        ];
        Assert.Equal(rules, FaultFile.Read("faults.json", FaultFile.Write(rules)));
    }

    [Theory]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"gremlins\" }]}", "faults.json:3: rules[0].kind: There is no fault kind 'gremlins'")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"hang\" },\n{ \"kind\": \"status\",\n\"status\": 99 }]}", "faults.json:5: rules[1].status: 'status' must be from 200 to 599.")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"hang\",\n\"colour\": 1 }]}", "faults.json:4: ")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"latency\",\n\"delay\": \"soon\" }]}", "faults.json:4: A span of time is written as 500ms")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"latency\" }]}", "faults.json:3: rules[0].delay: A fault of kind 'latency' needs a 'delay'")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"hang\",\n \"bytes\": 5 }]}", "faults.json:4: rules[0].bytes: A fault of kind 'hang' has no 'bytes'.")]
    [InlineData("{\n\"rules\": [\n{ \"kind\": \"hang\", \"seed\": 5 }]}", "'seed' needs a 'probability'")]
    [InlineData("{\n\"rules\": [\n{ \"id\": \"x\", \"kind\": \"hang\" }, { \"id\": \"x\", \"kind\": \"reset\" }]}", "two rules have the id 'x'")]
    [InlineData("{\n\"rules\": [\n{ \"endpoint\": \"x\" }]}", "kind")]
    [InlineData("{\n\"rules\": [\n null ]}", "rules[0] is null")]
    [InlineData("{\n\"rules\":", "faults.json:2: ")]
    [InlineData("{}", "rules")]
    public void Read_Wrong_NamesLineAndField(string text, string message)
    {
        var thrown = Assert.Throws<DeployException>(() => FaultFile.Read("faults.json", text));
        Assert.Equal("DEP6004", thrown.Error.Code);
        Assert.Contains(message, thrown.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/subscriptions/**/serverlessEndpoints/*", "/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/serverlessendpoints/mini", true)]
    [InlineData("/subscriptions/*", "/subscriptions/s/resourceGroups", false)]
    [InlineData("/a/?/c", "/a/b/c", true)]
    [InlineData("/a.c", "/abc", false)]
    [InlineData("**", "/anything/at/all", true)]
    public void IsGlob_Patterns_Match(string pattern, string path, bool matches) => Assert.Equal(matches, FaultMatch.IsGlob(pattern, path));
}
