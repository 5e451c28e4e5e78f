using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Finds the class of a resource by its type token among the loaded assemblies.</summary>
internal sealed class ResourceTypes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(string? Version, Type Type)>> _types = [];
    private readonly HashSet<Assembly> _seen = [];

    /// <summary>An object for a referenced resource; one of an unknown type carries URN and id only.</summary>
    public Resource Resolve(ResourceReference reference)
    {
        var token = Urn.TypeOf(reference.Urn);
        if (token.StartsWith("pulumi:providers:", StringComparison.Ordinal))
        {
            return new DependencyProviderResource(reference.Urn, reference.Id ?? "");
        }

        return Find(token, reference.PackageVersion) is { } type ? Construct(type, reference.Urn) : new DependencyResource(reference.Urn, reference.Id);
    }

    private static Resource Construct(Type type, string urn)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(candidate => candidate.GetParameters() is { Length: 2 or 3 } parameters
                && parameters[0].ParameterType == typeof(string)
                && parameters[^1].ParameterType.IsAssignableTo(typeof(ResourceOptions)))
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault() ?? throw new InvalidOperationException($"{type.FullName} has no constructor (name, args, options), so the reference to {urn} cannot be resolved.");
        var parameters = constructor.GetParameters();
        var options = (ResourceOptions)Activator.CreateInstance(parameters[^1].ParameterType)!;
        options.Urn = urn;
        object?[] arguments = parameters.Length == 2 ? [Urn.NameOf(urn), options] : [Urn.NameOf(urn), null, options];
        return (Resource)constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }

    private Type? Find(string token, string version)
    {
        lock (_gate)
        {
            // Assemblies are loaded as the program needs them, so look again at those not seen yet.
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && _seen.Add(assembly)))
            {
                AddTypesOf(assembly);
            }

            var candidates = _types.GetValueOrDefault(token);
            return candidates is null ? null : candidates.FirstOrDefault(candidate => candidate.Version == version).Type ?? candidates[0].Type;
        }
    }

    private void AddTypesOf(Assembly assembly)
    {
        // Only assemblies that know this SDK can hold resource classes.
        var self = typeof(Resource).Assembly.GetName().Name;
        if (assembly != typeof(Resource).Assembly && !assembly.GetReferencedAssemblies().Any(reference => reference.Name == self))
        {
            return;
        }

        foreach (var type in assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Resource))))
        {
            if (type.GetCustomAttribute<ResourceTypeAttribute>() is { } attribute)
            {
                if (!_types.TryGetValue(attribute.Type, out var list))
                {
                    _types[attribute.Type] = list = [];
                }

                list.Add((attribute.Version, type));
            }
        }
    }
}
