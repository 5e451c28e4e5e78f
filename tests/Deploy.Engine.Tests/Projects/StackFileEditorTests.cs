using Deploy.Core;
using Deploy.Engine.Projects;

namespace Deploy.Engine.Tests.Projects;

public sealed class StackFileEditorTests
{
    private const string File = """
        # schema comment
        config:
          azure-native:location: eastus2   # where
          phi:hub: { network: public }
          phi:projects:
            # the first
            - name: assistants
              endpoints:
                - name: mini
                  version: "7"    # a text
                  instances: 1
                - { name: big, tags: [a, b] }
            - name: search
          # the end of config
        """;

    [Theory]
    [InlineData("azure-native:location", "", "westus3", "  azure-native:location: eastus2 ", "  azure-native:location: westus3 ")]
    [InlineData("phi:hub", "network", "approvedOutbound", "{ network: public }", "{ network: approvedOutbound }")]
    [InlineData("phi:projects", "[0].endpoints[0].version", "8", "version: \"7\"    # a text", "version: \"8\"    # a text")]
    [InlineData("phi:projects", "[0].endpoints[0].instances", "2", "instances: 1", "instances: 2")]
    [InlineData("phi:projects", "[0].endpoints[1].tags[1]", "c", "[a, b]", "[a, c]")]
    [InlineData("phi:projects", "[0].endpoints[1].tags[2]", "c", "[a, b]", "[a, b, c]")]
    [InlineData("phi:hub", "name", "my hub", "{ network: public }", "{ network: public, name: my hub }")]
    [InlineData("phi:projects", "[1].endpoints[0].name", "x", "    - name: search\n", "    - name: search\n      endpoints: [{ name: x }]\n")]
    [InlineData("phi:projects", "[2].name", "third", "    - name: search\n", "    - name: search\n    - { name: third }\n")]
    [InlineData("phi:cloud", "", "local", "    - name: search\n", "    - name: search\n  phi:cloud: local\n")]
    [InlineData("phi:projects", "", "gone", "  phi:projects:\n", "  phi:projects: gone\n")]
    public void SetConfig_AnyPlace_ChangesOnlyThat(string key, string path, string value, string before, string after)
    {
        var editor = StackFileEditor.Edit("Pulumi.dev.yaml", File);

        editor.SetConfig(key, path, StackFileValue.Typed(value));

        if (key == "phi:projects" && path.Length == 0)
        {
            Assert.Contains(after, editor.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("assistants", editor.Text, StringComparison.Ordinal);
            Assert.Contains("  # the end of config", editor.Text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(File.Replace(before, after, StringComparison.Ordinal), editor.Text);
    }

    [Theory]
    [InlineData("", "config:\n  a:b: c\n")]
    [InlineData("# only a comment\n", "# only a comment\nconfig:\n  a:b: c\n")]
    [InlineData("config:\n", "config:\n  a:b: c\n")]
    [InlineData("config: # nothing yet\nencryptionsalt: x\n", "config: # nothing yet\n  a:b: c\nencryptionsalt: x\n")]
    [InlineData("config: {}\n", "config: { a:b: c }\n")]
    [InlineData("config: {a:x: {y: [1, {z: 2}]}}\n", "config: {a:x: {y: [1, {z: 2}]}, a:b: c }\n")]
    [InlineData("config:\n  a:b:\n", "config:\n  a:b: c\n")]
    [InlineData("config:\n  a:x: 1", "config:\n  a:x: 1\n  a:b: c\n")]
    public void SetConfig_FileWithoutTheKey_AddsIt(string before, string after)
    {
        var editor = StackFileEditor.Edit("Pulumi.dev.yaml", before);

        editor.SetConfig("a:b", "", StackFileValue.Text("c"));

        Assert.Equal(after, editor.Text);
    }

    [Theory]
    [InlineData("3", "\"3\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("", "\"\"")]
    [InlineData("a: b # c", "\"a: b # c\"")]
    [InlineData("https://host/path", "https://host/path")]
    [InlineData("- x", "\"- x\"")]
    [InlineData("line\nline", "\"line\\nline\"")]
    public void Text_WhatYamlWouldTakeForSomethingElse_IsQuoted(string text, string written)
    {
        var editor = StackFileEditor.Edit("Pulumi.dev.yaml", "config:\n  a:b: old\n");

        editor.SetConfig("a:b", "", StackFileValue.Text(text));

        Assert.Equal($"config:\n  a:b: {written}\n", editor.Text);
    }

    [Fact]
    public void SetSalt_WithAndWithoutOne_StandsAtTheTopLevel()
    {
        var editor = StackFileEditor.Edit("Pulumi.dev.yaml", "config:\n  a:b: c\n");

        editor.SetConfig("a:key", "", StackFileValue.Secret("v1:x:y="));
        editor.SetSalt("v1:one:v1:two:three==");
        editor.SetSalt("v1:four:v1:five:six==");

        Assert.Equal("config:\n  a:b: c\n  a:key: { secure: \"v1:x:y=\" }\nencryptionsalt: v1:four:v1:five:six==\n", editor.Text);
    }

    [Theory]
    [InlineData("phi:hub", "network.deeper")]
    [InlineData("phi:projects", "[5].name")]
    [InlineData("phi:projects", "[")]
    public void SetConfig_PathThatLeadsNowhere_IsRefusedAndChangesNothing(string key, string path)
    {
        var editor = StackFileEditor.Edit("Pulumi.dev.yaml", File);

        Assert.Throws<DeployException>(() => editor.SetConfig(key, path, StackFileValue.Text("x")));
        Assert.Equal(File, editor.Text);
    }
}
