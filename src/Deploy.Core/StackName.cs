using System.Text.RegularExpressions;

namespace Deploy.Core;

/// <summary>The name of one environment: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 100 characters, as Pulumi allows.</summary>
public sealed partial record StackName
{
    private StackName(string value) => Value = value;

    public string Value { get; }

    /// <summary>Parses a bare stack name, or the last part of <c>organization/project/stack</c>; null when it is not one.</summary>
    public static StackName? TryParse(string? text)
    {
        var bare = text?[(text.LastIndexOf('/') + 1)..];
        return bare is not null && Pattern().IsMatch(bare) ? new StackName(bare) : null;
    }

    public override string ToString() => Value;

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$")]
    private static partial Regex Pattern();
}
