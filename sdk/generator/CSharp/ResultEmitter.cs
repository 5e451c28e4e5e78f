using Generator.Typings;

namespace Generator.CSharp;

/// <summary>Makes classes of outputs.</summary>
internal sealed class ResultEmitter(TypeNames names)
{
    public string EmitNested(string to, SortedDictionary<string, TypingsProperty> properties)
    {
        var (module, name) = Naming.Split(to);
        var code = CodeWriter.File($"Pulumi.AzureNative.{Naming.Module(module)}.Outputs");
        Emit(code, name, properties);
        return code.ToString();
    }

    public void Emit(CodeWriter code, string name, SortedDictionary<string, TypingsProperty> properties)
    {
        code.Doc($"Outputs of {name}.").Line("[OutputType]").Open($"public sealed class {name}");
        foreach (var (wire, property) in properties)
        {
            code.Line($"public readonly {Type(property)} {Naming.Title(wire)};");
        }

        code.Line().Line("[OutputConstructor]");
        // Required ones first would be nicer to read; the official order is the alphabet.
        code.Line($"private {name}({string.Join(", ", properties.Select(p => $"{Type(p.Value)} {Naming.Parameter(p.Key)}"))})").Open();
        foreach (var (wire, _) in properties)
        {
            code.Line($"{Naming.Title(wire)} = {Naming.Parameter(wire)};");
        }

        code.Close().Close();
    }

    private string Type(TypingsProperty property) => property.Required ? names.Output(property.Type) : names.Optional(property.Type);
}
