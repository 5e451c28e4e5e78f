using System.Reflection;
using global::Generator.CSharp;
using global::Generator.Typings;
using Pulumi.AzureNative.MachineLearningServices;
using Xunit;

namespace Pulumi.AzureNative.Tests;

/// <summary>The generated classes say what the official typings say: tokens, versions, names, requiredness.</summary>
public sealed class ConformanceTests
{
    private static readonly Assembly Subset = typeof(ServerlessEndpoint).Assembly;

    private static readonly TypingsModel Model = TypingsModel.Read(File.ReadAllText(Path.Combine(Repository.Root, "sdk/generator/model.json")));

    public static TheoryData<string> Resources => [.. Model.Resources.Keys];

    public static TheoryData<string> Functions => [.. Model.Functions.Keys];

    public static TheoryData<string> InputTypes => [.. Model.InputTypes.Keys];

    public static TheoryData<string> OutputTypes => [.. Model.OutputTypes.Keys];

    public static TheoryData<string> Enums => [.. Model.Enums.Keys];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Resource_Class_HasTheOfficialShape(string token)
    {
        var type = Find(token, string.Empty);
        var attribute = type.GetCustomAttribute<ResourceTypeAttribute>()!;
        var resource = Model.Resources[token];

        Assert.Equal((token, "3.28.0"), (attribute.Type, attribute.Version));
        Assert.Equal(resource.Outputs.Keys.Order(StringComparer.Ordinal), Outputs(type));
        AssertInputs(resource.Inputs, Find(token, string.Empty, "Args"));
        Assert.Equal(resource.Inputs.Values.Any(p => p.Required), !type.GetConstructors().Single().GetParameters()[1].IsOptional);
    }

    [Theory]
    [MemberData(nameof(InputTypes))]
    public void InputType_Class_HasTheOfficialShape(string name) => AssertInputs(Model.InputTypes[name], Find(name, ".Inputs"));

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void OutputType_Class_HasTheOfficialShape(string name)
    {
        var constructor = Find(name, ".Outputs").GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();

        Assert.NotNull(constructor.GetCustomAttribute<OutputConstructorAttribute>());
        Assert.Equal(Model.OutputTypes[name].Keys, constructor.GetParameters().Select(p => p.Name!));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_Class_HasTheOfficialShape(string token)
    {
        var (_, name) = Naming.Split(token);
        var type = Find(token, string.Empty);
        var function = Model.Functions[token];

        Assert.Equal(["Invoke", "Invoke", "InvokeAsync"], type.GetMethods(BindingFlags.Static | BindingFlags.Public).Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            function.Result.Keys, Find(token, string.Empty, "Result").GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single().GetParameters().Select(p => p.Name!));
        if (function.Args is not null)
        {
            AssertInputs(function.Args, Find(token, string.Empty, "Args"));
            AssertInputs(function.OutputArgs!, Find(token, string.Empty, "InvokeArgs"));
        }
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void Enum_Type_HasTheOfficialValues(string name)
    {
        var type = Find(name, string.Empty);
        var expected = Model.Enums[name].Values.Select(v => v.ToString()).Order(StringComparer.Ordinal);
        var actual = type.IsEnum
            ? Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => v.ToString()!)
            : type.GetProperties(BindingFlags.Static | BindingFlags.Public).Select(p => p.GetValue(null)!.ToString()!);

        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
    }

    private static Type Find(string token, string space, string suffix = "")
    {
        var (module, name) = Naming.Split(token);
        var full = $"Pulumi.AzureNative.{Naming.Module(module)}{space}.{Naming.Title(name)}{suffix}";
        return Subset.GetType(full) ?? throw new InvalidOperationException($"{full} is not in the subset");
    }

    private static IEnumerable<string> Outputs(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(p => p.GetCustomAttribute<OutputAttribute>()!.Name!).Order(StringComparer.Ordinal);

    private static void AssertInputs(SortedDictionary<string, TypingsProperty> expected, Type type)
    {
        var members = type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.CustomAttributes.Any(a => a.AttributeType == typeof(InputAttribute)));
        var actual = members.Select(m => m.CustomAttributes.Single(a => a.AttributeType == typeof(InputAttribute)).ConstructorArguments)
            .ToDictionary(a => (string)a[0].Value!, a => (bool)a[1].Value!);

        Assert.Equal(expected.Select(p => (p.Key, p.Value.Required)).OrderBy(p => p.Key, StringComparer.Ordinal), actual.Select(p => (p.Key, p.Value)).OrderBy(p => p.Key, StringComparer.Ordinal));
    }
}
