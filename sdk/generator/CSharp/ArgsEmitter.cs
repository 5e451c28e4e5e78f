using Generator.Arm;
using Generator.Typings;

namespace Generator.CSharp;

/// <summary>Makes classes of inputs.</summary>
internal sealed class ArgsEmitter(TypeNames names)
{
    public string EmitNested(string to, SortedDictionary<string, TypingsProperty> properties, SortedDictionary<string, PropertyMetadata>? metadata)
    {
        var (module, name) = Naming.Split(to);
        var code = CodeWriter.File($"Pulumi.AzureNative.{Naming.Module(module)}.Inputs");
        Emit(code, name, "global::Pulumi.ResourceArgs", properties, metadata);
        return code.ToString();
    }

    public void Emit(CodeWriter code, string name, string parent, SortedDictionary<string, TypingsProperty> properties, SortedDictionary<string, PropertyMetadata>? metadata)
    {
        code.Doc($"Inputs of {(name.EndsWith("InvokeArgs", StringComparison.Ordinal) ? name[..^10] : name[..^4])}.");
        code.Open($"public sealed class {name} : {parent}");
        foreach (var (wire, property) in properties)
        {
            if (metadata?.GetValueOrDefault(wire) is { } known)
            {
                code.Doc(Describe(wire, known));
            }

            Property(code, wire, property);
        }

        Constructor(code, name, properties);
        code.Line($"public static new {name} Empty => new {name}();").Close();
    }

    /// <summary>Arguments of a function that is called at once: plain types.</summary>
    public void EmitPlain(CodeWriter code, string name, SortedDictionary<string, TypingsProperty> properties)
    {
        code.Doc($"Plain arguments of {name[..^4]}.");
        code.Open($"public sealed class {name} : global::Pulumi.InvokeArgs");
        foreach (var (wire, property) in properties)
        {
            if (property.Type.Kind is "array" or "map" or "ref" or "union")
            {
                throw new GeneratorException($"{name}.{wire}: arguments of kind {property.Type.Kind} are not supported");
            }

            code.Line(Attribute(wire, property));
            code.Line($"public {names.Output(property.Type)}{(property.Required ? string.Empty : "?")} {Naming.Title(wire)} {{ get; set; }}{(property.Required ? " = null!;" : string.Empty)}").Line();
        }

        Constructor(code, name, properties);
        code.Line($"public static new {name} Empty => new {name}();").Close();
    }

    private static void Property(CodeWriter code, string wire, TypingsProperty property)
    {
        var type = TypeNames.InputProperty(property.Type);
        var member = Naming.Title(wire);
        if (property.Type.Kind is not ("array" or "map"))
        {
            code.Line(Attribute(wire, property));
            code.Line($"public {type}{(property.Required ? string.Empty : "?")} {member} {{ get; set; }}{(property.Required ? " = null!;" : string.Empty)}").Line();
            return;
        }

        // The attribute sits on the field, so that a list nobody touched is not sent.
        code.Line(Attribute(wire, property)).Line($"private {type}? _{wire};");
        code.Open($"public {type} {member}").Line($"get => _{wire} ?? (_{wire} = new {type}());").Line($"set => _{wire} = value;").Close().Line();
    }

    private void Constructor(CodeWriter code, string name, SortedDictionary<string, TypingsProperty> properties)
    {
        code.Open($"public {name}()");
        foreach (var (wire, property) in properties.Where(p => p.Value.Default is not null))
        {
            code.Line($"{Naming.Title(wire)} = {names.Literal(property.Type, property.Default!.Value)};");
        }

        code.Close().Line();
    }

    private static string Attribute(string wire, TypingsProperty property) => $"[Input(\"{wire}\"{(property.Required ? ", required: true" : string.Empty)})]";

    private static string Describe(string name, PropertyMetadata property)
    {
        var place = property.In == "path" ? "Part of the resource ID" : $"ARM property {string.Join('.', (property.Containers ?? []).Append(property.Wire ?? name))}";
        var limits = new List<string>();
        if (property.MinLength is not null || property.MaxLength is not null)
        {
            limits.Add($"{property.MinLength ?? 0} to {property.MaxLength?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any number of"} characters");
        }

        if (property.Pattern is not null)
        {
            limits.Add($"matches {property.Pattern}");
        }

        if (property.Minimum is not null)
        {
            limits.Add($"at least {property.Minimum}");
        }

        if (property.Maximum is not null)
        {
            limits.Add($"at most {property.Maximum}");
        }

        if (property.Type.Const is { } constant)
        {
            limits.Add($"always {constant}");
        }

        if (property.Default is { } value)
        {
            limits.Add($"default {value.ToJsonString()}");
        }

        if (property.ForceNew)
        {
            limits.Add("a change replaces the resource");
        }

        return limits.Count == 0 ? $"{place}." : $"{place}; {string.Join("; ", limits)}.";
    }
}
