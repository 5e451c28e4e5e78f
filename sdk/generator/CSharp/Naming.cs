using System.Text.RegularExpressions;

namespace Generator.CSharp;

/// <summary>The official package's naming rules.</summary>
internal static partial class Naming
{
    private static readonly Dictionary<string, string> Modules = new(StringComparer.Ordinal)
    {
        ["applicationinsights"] = "ApplicationInsights",
        ["authorization"] = "Authorization",
        ["cognitiveservices"] = "CognitiveServices",
        ["consumption"] = "Consumption",
        ["containerregistry"] = "ContainerRegistry",
        ["costmanagement"] = "CostManagement",
        ["keyvault"] = "KeyVault",
        ["machinelearningservices"] = "MachineLearningServices",
        ["monitor"] = "Monitor",
        ["operationalinsights"] = "OperationalInsights",
        ["resources"] = "Resources",
        ["storage"] = "Storage",
    };

    private static readonly HashSet<string> Keywords =
    [
        "base", "bool", "case", "class", "const", "default", "else", "enum", "event", "false", "fixed", "for", "if", "in", "int", "interface", "internal", "is", "lock", "long", "namespace",
        "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "static", "string", "struct", "switch", "this", "true",
        "typeof", "using", "virtual", "void", "while",
    ];

    /// <summary>C# namespace part of a module.</summary>
    public static string Module(string module) => Modules.GetValueOrDefault(module) ?? throw new GeneratorException($"module {module} has no C# name in Naming.cs");

    /// <summary><c>module:Name</c> in two parts; a leading <c>azure-native:</c> is dropped.</summary>
    public static (string Module, string Name) Split(string token)
    {
        var parts = token.Split(':');
        return (parts[^2], parts[^1]);
    }

    public static string Title(string name)
    {
        var plain = name.Replace("-", string.Empty, StringComparison.Ordinal);
        return char.ToUpperInvariant(plain[0]) + plain[1..];
    }

    /// <summary>A parameter's name: the wire name, escaped when it is a keyword.</summary>
    public static string Parameter(string name)
    {
        var plain = name.Replace("$", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        return Keywords.Contains(plain) ? "@" + plain : plain;
    }

    public static string EnumMember(string typeName, string member)
    {
        var name = Underscores().Replace(Illegal().Replace(member, "_"), "_");
        name = char.ToUpperInvariant(name[0]) + name[1..];
        if (char.IsDigit(name[0]))
        {
            name = "_" + name;
        }

        return name[0] == '_' ? typeName + name : name == "Equals" ? "EqualsValue" : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Illegal();

    [GeneratedRegex("_+")]
    private static partial Regex Underscores();
}
