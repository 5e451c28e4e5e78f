using Deploy.Environments.Reading;
using Xunit;

namespace Deploy.Environments.Tests;

public sealed class StackFileReaderTests
{
    [Theory]
    [InlineData("config:\n  a: [1, 2\n", "not well-formed YAML")]
    [InlineData("config:\n\ta: 1\n", "not well-formed YAML")]
    [InlineData("config:\n  a: *nowhere\n", "nowhere")]
    [InlineData("config: {}\n---\nconfig: {}\n", "second document")]
    [InlineData("- config\n", "mapping")]
    [InlineData("config: 7\n", "must be a mapping")]
    public void Read_Malformed_IsOneFaultWithItsPlace(string text, string words)
    {
        var reading = StackFileReader.Read(text, Bound.File, Bound.Stack);
        Assert.Null(reading.Tree);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal("DEP1001", fault.Code);
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(Bound.File) + @":\d+:\d+: ", fault.Message);
        Assert.Contains(words, fault.Message);
    }

    [Fact]
    public void Read_DeepNesting_IsRefusedAndDoesNotOverflow() =>
        Assert.Contains("levels deep", Assert.Single(StackFileReader.Read("config: " + new string('[', 5000), Bound.File, Bound.Stack).Faults).Message);

    [Fact]
    public void Read_TextCutOrBrokenAnywhere_IsAFaultWithItsPlaceAtMost()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "Pulumi.prod.yaml"));
        var broken = Enumerable.Range(0, text.Length).SelectMany(at => (string[])[text[..at], text.Remove(at, 1), text.Insert(at, "{"), text.Insert(at, "\"")]);
        Assert.All(broken.SelectMany(one => StackFileReader.Read(one, Bound.File, Bound.Stack).Faults), fault => Assert.Matches(@"^\S+:\d+:\d+: ", fault.Message));
    }

    [Fact]
    public void Read_FlowMappingThatIsNotClosed_IsAFaultWithItsPlace()
    {
        var fault = Assert.Single(StackFileReader.Read("config:\n  phi:hub: { network: public\n  phi:projects: []\n", Bound.File, Bound.Stack).Faults);
        Assert.StartsWith($"{Bound.File}:3:", fault.Message);
    }

    [Fact]
    public void Read_Aliases_AreFollowed()
    {
        var tree = StackFileReader.Read("config:\n  a: &x { k: v }\n  b: *x\n", Bound.File, Bound.Stack).Tree!;
        Assert.Same(tree.Config.Entries[0].Value, tree.Config.Entries[1].Value);
    }

    [Theory]
    [InlineData("1", ScalarKind.Integer)]
    [InlineData("'1'", ScalarKind.String)]
    [InlineData("1.5", ScalarKind.Number)]
    [InlineData("true", ScalarKind.Boolean)]
    [InlineData("yes", ScalarKind.String)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("", ScalarKind.Null)]
    public void Read_Scalar_HasTheKindOfTheCoreSchema(string text, ScalarKind kind)
    {
        var tree = StackFileReader.Read($"config:\n  a: {text}\n", Bound.File, Bound.Stack).Tree!;
        Assert.Equal(kind, Assert.IsType<ScalarNode>(tree.Config.Entries[0].Value).Kind);
    }

    [Fact]
    public void Read_Secret_KeepsNoCiphertext()
    {
        var tree = StackFileReader.Read("encryptionsalt: v1:x\nconfig:\n  a:key: { secure: v1:abc }\n", Bound.File, Bound.Stack).Tree!;
        Assert.DoesNotContain("abc", Assert.IsType<SecretNode>(tree.Config.Entries[0].Value).ToString());
    }
}
