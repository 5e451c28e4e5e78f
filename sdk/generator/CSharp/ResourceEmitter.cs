using Generator.Arm;
using Generator.Typings;

namespace Generator.CSharp;

/// <summary>Makes a resource class with its arguments class.</summary>
internal sealed class ResourceEmitter(TypeNames names, ArgsEmitter arguments)
{
    public string Emit(string token, TypingsResource resource, ResourceMetadata metadata)
    {
        var (module, name) = Naming.Split(token);
        var isOptional = resource.Inputs.Values.All(p => !p.Required);
        var code = CodeWriter.File($"Pulumi.AzureNative.{Naming.Module(module)}");
        code.Doc($"{metadata.ArmType}, API version {metadata.ApiVersion}.");
        code.Line($"[AzureNativeResourceType(\"{token}\")]").Open($"public partial class {name} : global::Pulumi.CustomResource");
        foreach (var (wire, property) in resource.Outputs)
        {
            Output(code, name, wire, property);
        }

        Constructors(code, token, name, isOptional);
        Options(code, resource);
        code.Doc("Reads an existing resource by its ARM id instead of managing it.");
        code.Open($"public static {name} Get(string name, Input<string> id, CustomResourceOptions? options = null)").Line($"return new {name}(name, id, options);").Close();
        code.Close().Line();
        arguments.Emit(code, $"{name}Args", "global::Pulumi.ResourceArgs", resource.Inputs, metadata.Inputs);
        return code.ToString();
    }

    private void Output(CodeWriter code, string owner, string wire, TypingsProperty property)
    {
        var member = Naming.Title(wire);
        if (member == owner)
        {
            throw new GeneratorException($"{owner}.{wire}: a property cannot have the name of its class");
        }

        code.Line($"[Output(\"{wire}\")]");
        code.Line($"public Output<{(property.Required ? names.Output(property.Type) : names.Optional(property.Type))}> {member} {{ get; private set; }} = null!;").Line();
    }

    private static void Constructors(CodeWriter code, string token, string name, bool isOptional)
    {
        code.Doc("Declares the resource.");
        code.Line($"public {name}(string name, {name}Args{(isOptional ? "? args = null" : " args")}, CustomResourceOptions? options = null)");
        code.Line($"    : base(\"{token}\", name, args ?? new {name}Args(), MakeResourceOptions(options, \"\"))").Line("{").Line("}").Line();
        code.Line($"private {name}(string name, Input<string> id, CustomResourceOptions? options = null)");
        code.Line($"    : base(\"{token}\", name, null, MakeResourceOptions(options, id))").Line("{").Line("}").Line();
    }

    private static void Options(CodeWriter code, TypingsResource resource)
    {
        code.Open("private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)");
        code.Open("var defaultOptions = new CustomResourceOptions").Line("Version = Utilities.Version,").Open("Aliases =");
        foreach (var alias in resource.Aliases)
        {
            code.Line($"new global::Pulumi.Alias {{ Type = \"{alias}\" }},");
        }

        code.Close("},").Close("};");
        code.Line("var merged = CustomResourceOptions.Merge(defaultOptions, options);");
        code.Line("merged.Id = id ?? merged.Id;").Line("return merged;").Close().Line();
    }
}
