using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Waiting;

namespace Pulumi;

/// <summary>
/// The root of all resources. Derive from it, create resources in the constructor, and assign the stack outputs to properties marked
/// <see cref="OutputAttribute"/>.
/// </summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    /// <summary>Registers the stack.</summary>
    /// <param name="options">What applies to all resources.</param>
    public Stack(StackOptions? options = null)
        : base(RootType, $"{Deployment.Current.ProjectName}-{Deployment.Current.StackName}", ToComponentOptions(options))
    {
        Deployment.Current.Stack = this;
        foreach (var transform in options?.ResourceTransforms ?? [])
        {
            Deployment.Current.RegisterTransform(transform);
        }

        foreach (var transform in options?.InvokeTransforms ?? [])
        {
            Deployment.Current.RegisterTransform(transform);
        }
    }

    internal Stack(Func<Task<IDictionary<string, object?>>> program, StackOptions? options)
        : this(options)
    {
        Outputs = Output.From(waiter => RunAsync(waiter, program), Deployment.ProgramDescription);
        RegisterOutputs(Outputs);
    }

    internal Output<IDictionary<string, object?>> Outputs { get; private set; } = Output.Create<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);

    /// <summary>Reads the output properties of the derived class, once its constructor is done.</summary>
    internal void RegisterPropertyOutputs()
    {
        var outputs = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(entry => entry.Attribute is not null)
            .ToDictionary(entry => entry.Attribute!.Name ?? entry.Property.Name, entry => entry.Property.GetValue(this));
        var missing = outputs.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList();
        if (missing.Count > 0)
        {
            throw new RunException($"Stack output(s) '{string.Join("', '", missing)}' have no value: assign every [Output] property in the constructor of {GetType().Name}.");
        }

        Outputs = Output.Create<IDictionary<string, object?>>(outputs);
        RegisterOutputs(Outputs);
    }

    // A copy, so that nothing changes under the registration.
    private static async Task<OutputData<IDictionary<string, object?>>> RunAsync(Waiter waiter, Func<Task<IDictionary<string, object?>>> program) =>
        OutputData.Known<IDictionary<string, object?>>((await waiter.CallAsync("a task that it awaits", program).ConfigureAwait(false)).ToImmutableDictionary());

    private static ComponentResourceOptions? ToComponentOptions(StackOptions? options) =>
        options is null ? null : new ComponentResourceOptions { ResourceTransformations = options.ResourceTransformations };
}
