using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>Plays engine and providers in a test.</summary>
public interface IMocks
{
    /// <summary>Called for every resource that is registered or read, except the stack.</summary>
    /// <returns>The id (null for components) and the outputs, as a dictionary by wire name.</returns>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Called for every provider function.</summary>
    /// <returns>The result, as a dictionary by wire name.</returns>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Called when a component or the stack reports its outputs.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;

    /// <summary>Called for every transform of all resources. It is not applied; a test may call it.</summary>
    Task RegisterTransform(ResourceTransform transform) => Task.CompletedTask;

    /// <summary>Called for every transform of function calls. It is not applied; a test may call it.</summary>
    Task RegisterInvokeTransform(InvokeTransform transform) => Task.CompletedTask;
}

/// <summary>One registration or read.</summary>
public class MockResourceArgs
{
    /// <summary>Type token.</summary>
    public string? Type { get; set; }

    /// <summary>Name in the program.</summary>
    public string? Name { get; set; }

    /// <summary>Known inputs by wire name; secrets in clear.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Reference of the explicit provider; empty for the default one.</summary>
    public string? Provider { get; set; }

    /// <summary>The id to read or import; empty for a new resource.</summary>
    public string? Id { get; set; }

    /// <summary>Its own transforms. They are not applied; a test may call them.</summary>
    public ImmutableArray<ResourceTransform> Transforms { get; set; } = [];
}

/// <summary>One call of a provider function.</summary>
public class MockCallArgs
{
    /// <summary>Token of the function.</summary>
    public string? Token { get; set; }

    /// <summary>Known arguments by wire name.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Reference of the explicit provider; empty for the default one.</summary>
    public string? Provider { get; set; }
}

/// <summary>The outputs of a component or of the stack.</summary>
/// <param name="urn">Whose.</param>
/// <param name="outputs">Outputs by name.</param>
public class MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object?>> outputs)
{
    /// <summary>Whose.</summary>
    public readonly string Urn = urn;

    /// <summary>Outputs by name.</summary>
    public readonly ImmutableDictionary<string, Output<object?>> Outputs = outputs;
}

/// <summary>Mocks that give every resource no outputs and every function no result.</summary>
public class EmptyMocks : IMocks
{
    /// <inheritdoc/>
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) => Task.FromResult<(string?, object)>((null, ImmutableDictionary<string, object>.Empty));

    /// <inheritdoc/>
    public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(ImmutableDictionary<string, object>.Empty);
}

/// <summary>What the program under test is told about its surroundings.</summary>
public class TestOptions
{
    /// <summary>Default <c>project</c>.</summary>
    public string? ProjectName { get; set; }

    /// <summary>Default <c>stack</c>.</summary>
    public string? StackName { get; set; }

    /// <summary>Default <c>organization</c>.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>Default <c>projectRoot</c>.</summary>
    public string? RootDirectory { get; set; }

    /// <summary>Whether the run is a preview: outputs that a mock does not return are unknown. Default true.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The clock by which a run that is stuck is noticed.</summary>
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
