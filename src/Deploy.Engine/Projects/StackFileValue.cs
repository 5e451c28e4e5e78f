using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Engine.Values;

namespace Deploy.Engine.Projects;

/// <summary>A value as it is written into a settings file.</summary>
public sealed partial record StackFileValue
{
    private readonly string _text;
    private readonly string? _plainText;

    private StackFileValue(string text, string? plainText) => (_text, _plainText) = (text, plainText);

    /// <summary>A text, quoted where YAML would take it for something else.</summary>
    public static StackFileValue Text(string text) => new(Quote(text, always: false), text);

    /// <summary>True and false and whole numbers as such, everything else as a text. Where a quoted text was, a text comes.</summary>
    public static StackFileValue Typed(string text) =>
        text is "true" or "false" || (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text)
            ? new(text, text)
            : Text(text);

    /// <summary>A structured value, on one line.</summary>
    public static StackFileValue Json(JsonNode node) => Raw(node.ToJsonString(PropertyJson.Relaxed));

    /// <summary>An encrypted value.</summary>
    public static StackFileValue Secret(string ciphertext) => Raw($"{{ secure: {Quote(ciphertext, always: true)} }}");

    internal static StackFileValue Raw(string text) => new(text, null);

    internal static string Key(string key) => Quote(key, always: false);

    /// <param name="keepsText">Whether it stands where a quoted text was.</param>
    internal string Write(bool keepsText) => keepsText && _plainText is not null ? Quote(_plainText, always: true) : _text;

    /// <summary>The value inside values that do not exist yet.</summary>
    internal string Nest(string[] path) => path switch
    {
        [] => _text,
        [var first, .. var rest] when first.All(char.IsAsciiDigit) => first == "0"
            ? $"[{Nest(rest)}]"
            : throw new Deploy.Core.DeployException(EngineErrors.StackFileInvalid.With($"a new list begins with [0], not with [{first}]")),
        [var first, .. var rest] => $"{{ {Key(first)}: {Nest(rest)} }}",
    };

    private static string Quote(string text, bool always) =>
        !always && Plain().IsMatch(text) && YamlFile.ScalarToJson(new(text) { Style = YamlDotNet.Core.ScalarStyle.Plain }) is JsonValue value && value.TryGetValue<string>(out _)
            ? text
            : JsonValue.Create(text).ToJsonString(PropertyJson.Relaxed);

    /// <summary>What needs no quotes in block or flow: no indicators, no spaces at the ends, a colon only inside a word.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9/_.]([A-Za-z0-9/_.@+=-]|:(?=[^\s])| (?=[A-Za-z0-9/_.]))*$")]
    private static partial Regex Plain();
}
