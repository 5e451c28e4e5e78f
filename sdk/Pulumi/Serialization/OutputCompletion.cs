using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Completes one output property of a resource.</summary>
internal interface IOutputCompletion
{
    Type ValueType { get; }

    void SetValue(OutputData<object?> data);

    void TrySetDefault(bool isKnown);

    void TrySetException(Exception exception);
}

internal sealed class OutputCompletion<T> : IOutputCompletion
{
    // Continuations run elsewhere, or one registration would run the program's callbacks before it completes its other outputs.
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ImmutableHashSet<Resource> _resources;

    public OutputCompletion(Resource resource, string name)
    {
        _resources = OutputData.NoResources.Add(resource);
        Output = new(_source.Task, resource.Registration, name);
    }

    public Output<T> Output { get; }

    public Type ValueType => typeof(T);

    public void SetValue(OutputData<object?> data) =>
        _source.SetResult(new(_resources.Union(data.Resources), data.Value is null ? default! : (T)data.Value, data.IsKnown, data.IsSecret));

    public void TrySetDefault(bool isKnown) => _source.TrySetResult(new(_resources, default!, isKnown, IsSecret: false));

    public void TrySetException(Exception exception) => _source.TrySetException(exception);
}

internal static class OutputCompletion
{
    // What a type declares never changes, so the result is kept per type.
    private static readonly ConcurrentDictionary<Type, ImmutableArray<OutputProperty>> Cache = new();

    /// <summary>Gives every output property of a new resource an output to be completed later.</summary>
    public static ImmutableDictionary<string, IOutputCompletion> Initialize(Resource resource)
    {
        var completions = ImmutableDictionary.CreateBuilder<string, IOutputCompletion>();
        foreach (var property in Cache.GetOrAdd(resource.GetType(), Find))
        {
            var (completion, output) = property.Create(resource, property.Name);
            property.Setter.Invoke(resource, [output]);
            completions.Add(property.Name, completion);
        }

        return completions.ToImmutable();
    }

    private static ImmutableArray<OutputProperty> Find(Type type) =>
    [
        .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           let attribute = property.GetCustomAttribute<OutputAttribute>()
           where attribute is not null
           select ToOutputProperty(type, property, attribute.Name ?? property.Name),
    ];

    private static OutputProperty ToOutputProperty(Type type, PropertyInfo property, string name)
    {
        var path = $"[Output] {type.FullName}.{property.Name}";
        if (!property.PropertyType.IsConstructedGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Output<>))
        {
            throw new RunException($"{path} must be an Output<T>, not a {property.PropertyType.Name}.");
        }

        // Only the declaring class sees its private setter.
        var setter = property.DeclaringType!.GetProperty(property.Name)!.GetSetMethod(nonPublic: true)
            ?? throw new InvalidOperationException($"{path} has no setter.");
        var valueType = property.PropertyType.GenericTypeArguments[0];
        OutputTypeRules.Check(path, valueType);
        var create = typeof(OutputCompletion).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(valueType);
        return new(name, setter, create.CreateDelegate<Func<Resource, string, (IOutputCompletion, object)>>());
    }

    private static (IOutputCompletion, object) Create<T>(Resource resource, string name)
    {
        var completion = new OutputCompletion<T>(resource, name);
        return (completion, completion.Output);
    }

    private sealed record OutputProperty(string Name, MethodInfo Setter, Func<Resource, string, (IOutputCompletion Completion, object Output)> Create);
}
