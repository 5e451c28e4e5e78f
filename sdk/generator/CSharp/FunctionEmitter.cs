using Generator.Arm;
using Generator.Typings;

namespace Generator.CSharp;

/// <summary>Makes the static class of a function with its arguments and result.</summary>
internal sealed class FunctionEmitter(ArgsEmitter arguments, ResultEmitter results)
{
    public string Emit(string token, TypingsFunction function, FunctionMetadata metadata)
    {
        var (module, functionName) = Naming.Split(token);
        var name = Naming.Title(functionName);
        var code = CodeWriter.File($"Pulumi.AzureNative.{Naming.Module(module)}");
        code.Doc(metadata.Path is null ? "Asks the provider itself." : $"{metadata.Method} {metadata.Path}, API version {metadata.ApiVersion}.");
        code.Open($"public static class {name}");
        if (function.Args is null)
        {
            WithoutArgs(code, token, name);
        }
        else
        {
            WithArgs(code, token, name, function.Args.Values.Any(a => a.Required));
        }

        code.Close().Line();
        if (function.Args is not null)
        {
            arguments.EmitPlain(code, $"{name}Args", function.Args);
            code.Line();
            arguments.Emit(code, $"{name}InvokeArgs", "global::Pulumi.InvokeArgs", function.OutputArgs!, null);
            code.Line();
        }

        results.Emit(code, $"{name}Result", function.Result);
        return code.ToString();
    }

    private static void WithArgs(CodeWriter code, string token, string name, bool isRequired)
    {
        var instance = "global::Pulumi.Deployment.Instance";
        var optional = isRequired ? " args" : "? args = null";
        code.Line($"public static Task<{name}Result> InvokeAsync({name}Args{optional}, InvokeOptions? options = null)");
        code.Line($"    => {instance}.InvokeAsync<{name}Result>(\"{token}\", args ?? new {name}Args(), options.WithDefaults());").Line();
        code.Line($"public static Output<{name}Result> Invoke({name}InvokeArgs{optional}, InvokeOptions? options = null)");
        code.Line($"    => {instance}.Invoke<{name}Result>(\"{token}\", args ?? new {name}InvokeArgs(), options.WithDefaults());").Line();
        code.Line($"public static Output<{name}Result> Invoke({name}InvokeArgs args, InvokeOutputOptions options)");
        code.Line($"    => {instance}.Invoke<{name}Result>(\"{token}\", args ?? new {name}InvokeArgs(), options.WithDefaults());");
    }

    private static void WithoutArgs(CodeWriter code, string token, string name)
    {
        var instance = "global::Pulumi.Deployment.Instance";
        code.Line($"public static Task<{name}Result> InvokeAsync(InvokeOptions? options = null)");
        code.Line($"    => {instance}.InvokeAsync<{name}Result>(\"{token}\", InvokeArgs.Empty, options.WithDefaults());").Line();
        code.Line($"public static Output<{name}Result> Invoke(InvokeOptions? options = null)");
        code.Line($"    => {instance}.Invoke<{name}Result>(\"{token}\", InvokeArgs.Empty, options.WithDefaults());").Line();
        code.Line($"public static Output<{name}Result> Invoke(InvokeOutputOptions options)");
        code.Line($"    => {instance}.Invoke<{name}Result>(\"{token}\", InvokeArgs.Empty, options.WithDefaults());");
    }
}
